"""The staff area in the product's colours, and with a name on every field."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.forms.account import ThemePreferencesForm

STYLES = ("colours", "frame", "controls", "content", "narrow")

# The product has one look; the style sheets say it for every theme.
ThemePreferencesForm.base_fields.pop("theme", None)


@hooks.register("insert_global_admin_css")
def own_looks():
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"cms/admin/css/{name}.css"),) for name in STYLES),
    )


@hooks.register("insert_global_admin_js")
def named_fields():
    return format_html('<script src="{}"></script>', static("cms/admin/js/tags.js"))
