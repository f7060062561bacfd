"""What the editor of lessons, chapters and shared steps gets beside Wagtail's own."""

from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html_join
from wagtail import hooks

from cms import screens
from cms.enums import PhoneKind
from cms.views.admin import drawing, step_conversion

STYLES = ("editor", "editor_adding", "screen_field")
SCRIPTS = ("no_word_lost", "screen_field", "step_form", "step_conversion")


@hooks.register("register_admin_urls")
def editor_addresses():
    return [
        path("screens/draw/", drawing.draw, name="draw_screen"),
        path("steps/share/", step_conversion.share, name="share_step"),
        path("steps/own/<int:pk>/", step_conversion.own, name="own_step"),
    ]


@hooks.register("insert_global_admin_css")
def editor_looks():
    sheets = ((static(f"cms/admin/css/{name}.css"),) for name in STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_editor_js")
def editor_scripts():
    scripts = format_html_join(
        "\n", '<script src="{}"></script>', ((static(f"cms/admin/js/{name}.js"),) for name in SCRIPTS)
    )
    context = {"palette": screens.palette(), "starts": screens.STARTS, "phones": PhoneKind}
    words = render_to_string("cms/admin/screen_palette.html", context)
    return words + render_to_string("cms/admin/step_conversion.html") + scripts


@hooks.register("after_copy_page")
def edit_the_copy(request, page, new_page):
    """Whoever copies a lesson or a chapter wants to write in the copy."""
    if not new_page.specific_class.subpage_types:
        return redirect(reverse("wagtailadmin_pages:edit", args=[new_page.pk]))
    return None
