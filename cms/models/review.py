"""The one task of the workflow 设计 → 审核 → 发布."""

from django import forms
from wagtail.forms import TaskStateCommentForm
from wagtail.models import GroupApprovalTask


class SendBackForm(TaskStateCommentForm):
    """Nobody is sent back to work without a word why."""

    comment = forms.CharField(
        label="要改什么",
        widget=forms.Textarea({"rows": 3}),
        help_text="设计者会照着改，写清楚在第几步、改成什么。",
        error_messages={"required": "写一句要改什么，再送回去。"},
    )


class PraiseForm(TaskStateCommentForm):
    """A word along with the approval."""

    comment = forms.CharField(label="想说的话", required=False, widget=forms.Textarea({"rows": 2}))


class ReviewTask(GroupApprovalTask):
    """审核: the reviewers send a draft back with words, or approve it, which publishes it."""

    class Meta:
        verbose_name = "审核"
        verbose_name_plural = "审核"

    def get_actions(self, obj, user):
        if not super().get_actions(obj, user):
            return []
        return [
            ("reject", "送回去改", True),
            ("approve", "通过，发布", False),
            ("approve", "通过，写一句话", True),
        ]

    def get_form_for_action(self, action):
        return SendBackForm if action == "reject" else PraiseForm

    @classmethod
    def get_description(cls):
        return "这几组里的人可以通过，也可以送回去改。"
