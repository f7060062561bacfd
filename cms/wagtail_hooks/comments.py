"""批注 beside the fields, with words that outlive a save."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_editor_js")
def comments_script():
    return format_html('<script src="{}"></script>', static("cms/admin/js/comments_kept.js"))
