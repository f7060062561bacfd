"""Words of Wagtail's that no catalogue reaches: labels its forms make from the names of their fields."""

from wagtail.admin.forms import choosers
from wagtail.admin.paginator import WagtailPaginator

LABELS = {
    choosers.ExternalLinkChooserForm: {"link_text": "显示的字"},
    choosers.AnchorLinkChooserForm: {"url": "位置的名字", "link_text": "显示的字"},
    choosers.EmailLinkChooserForm: {
        "email_address": "邮箱",
        "link_text": "显示的字",
        "subject": "邮件标题",
        "body": "邮件正文",
    },
    choosers.PhoneLinkChooserForm: {"phone_number": "电话号码", "link_text": "显示的字"},
}

for form, labels in LABELS.items():
    for name, label in labels.items():
        form.base_fields[name].label = label

# "6 pages" is put together from parts, and Chinese counts with a word between.
WagtailPaginator.items_count_label = property(lambda paginator: f"共 {paginator.count} 条")
