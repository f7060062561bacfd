"""What a page refers to, fetched once for as many pages as there are."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.models import ContentImage, SharedStep, StableCode


@dataclass(frozen=True)
class Surroundings:
    """By number: shared steps, (title, description) of images, (title, live) of pages.

    By code: whether the page is on line.
    """

    shared_steps: dict[int, SharedStep]
    images: dict[int, tuple[str, str]]
    pages: dict[int, tuple[str, bool]]
    codes: dict[str, bool]

    @classmethod
    def fetch(cls) -> "Surroundings":
        """Read them, with four queries."""
        pages = Page.objects.values_list("pk", "title", "live")
        images = ContentImage.objects.values_list("pk", "title", "description")
        codes = StableCode.objects.values_list("code", "page__live")
        return cls(
            shared_steps=SharedStep.objects.in_bulk(),
            images={pk: (title, description) for pk, title, description in images},
            pages={pk: (title, live) for pk, title, live in pages},
            codes={code: bool(live) for code, live in codes},
        )

    def trouble_with_page(self, pk: int) -> str:
        """Return what is wrong with linking to the page, or ""."""
        if pk not in self.pages:
            return "指的那一页已经删了"
        return "" if self.pages[pk][1] else "指的那一页没有在线"

    def trouble_with_code(self, code: str) -> str:
        """Return what is wrong with the short address of ``code``, or ""."""
        if code not in self.codes:
            return "没有这个编号"
        return "" if self.codes[code] else "那一页没有在线"

    def trouble_with_step(self, pk: int) -> str:
        """Return what is wrong with showing the shared step, or ""."""
        if pk not in self.shared_steps:
            return "已经删了"
        return "" if self.shared_steps[pk].live else "还没有发布"
