"""How editors look at what they write: on each kind of phone, and on paper."""

from contextvars import ContextVar
from typing import Any, ClassVar

from django.http import QueryDict

from cms.enums import PhoneKind

PRINT = "print"
PHONE_SIZE = {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": "手机，360 像素宽"}
TABLET_SIZE = {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": "平板"}
DESKTOP_SIZE = {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": "电脑"}

_in_preview = ContextVar("in_preview", default=False)


def in_preview() -> bool:
    """True while a preview is drawn: there, drafts that are chosen into a draft are seen as well."""
    return _in_preview.get()


class PhonePreviews:
    """Mixin for what readers see differently on each kind of phone; stands before Wagtail's own classes."""

    preview_modes: ClassVar[list[tuple[str, str]]] = [
        *((phone.value, f"{phone.label}手机") for phone in PhoneKind),
        (PRINT, "打印"),
    ]
    preview_sizes: ClassVar[list[dict[str, Any]]] = [PHONE_SIZE, TABLET_SIZE, DESKTOP_SIZE]

    def make_preview_request(self, *args, **kwargs):
        # All of it is drawn in here, also what a template fetches late.
        token = _in_preview.set(True)
        try:
            return super().make_preview_request(*args, **kwargs)
        finally:
            _in_preview.reset(token)

    def serve_preview(self, request, mode_name):
        """Show the draft as on the phone that is asked for; the editor's own cookie is left alone."""
        if mode_name in PhoneKind.values:
            request.GET = QueryDict(f"phone={mode_name}")
        return super().serve_preview(request, mode_name)
