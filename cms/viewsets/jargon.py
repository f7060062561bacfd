"""The list of 黑话, kept by managers."""

from wagtail.admin.viewsets.model import ModelViewSet

from cms.models import JargonWord


class JargonViewSet(ModelViewSet):
    """黑话 in 设置."""

    model = JargonWord
    name = "jargon"
    icon = "list-ul"
    menu_label = "黑话"
    add_to_settings_menu = True
    form_fields = ["word", "instead"]
    list_display = ["word", "instead"]
    list_per_page = 100
    copy_view_enabled = False
    inspect_view_enabled = False
