"""今天: the panels of the first page, each a list of things to do with one button a row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from cms.services import today
from cms.services.reviewing import name_of
from cms.views.admin.addresses import edit_address_of
from cms.views.admin.changes import review_url
from cms.views.admin.feedback import mending_url

SHOWN = 10
NOTHING = "没有要做的。"


@dataclass(frozen=True)
class Row:
    """A thing to do: what it is, what one must know, somebody's words, and the one button."""

    title: str
    url: str
    button: str
    facts: list[str] = field(default_factory=list)
    words: str = ""
    loud: bool = False


class TodayPanel(Component):
    """A headed list; what is beyond the first rows is counted, with a link to all where there is one."""

    template_name = "cms/admin/today_panel.html"

    def __init__(
        self, name: str, heading: str, rows: Iterable[Row], *, total=None, all_url: str = "", order=0
    ):
        self.name, self.heading, self.all_url, self.order = name, heading, all_url, order
        every = list(rows)
        self.rows, self.total = every[:SHOWN], len(every) if total is None else total

    def get_context_data(self, parent_context):
        return {"panel": self, "more": self.total - len(self.rows)}

    @property
    def media(self):
        return Media(css={"all": ["cms/admin/css/today.css"]})


class NothingPanel(TodayPanel):
    """Said when no list has anything."""

    template_name = "cms/admin/today_nothing.html"


def panels_for(request) -> list[TodayPanel]:
    """Return the lists that have something for this person, in the order of urgency."""
    user = request.user
    drafts, planned = today.being_written(user)
    now = timezone.now()
    made = [
        TodayPanel("sent-back", "退回给我的", map(_sent_back_row, today.sent_back(user))),
        TodayPanel("to-review", "等我审核", map(_review_row, today.to_review(user))),
        *_feedback_panel(user),
        TodayPanel("drafts", "我的草稿", map(_draft_row, drafts)),
        *_page_panels(user),
        TodayPanel("planned", "定好时间上线的", (_planned_row(plan, now) for plan in planned)),
    ]
    shown = [panel for panel in made if panel.rows]
    for order, panel in enumerate(shown):
        panel.order = order
    return shown or [NothingPanel("nothing", NOTHING, [])]


def _feedback_panel(user) -> list[TodayPanel]:
    if not user.has_perm("cms.change_stepfeedback"):
        return []
    total, newest = today.waiting_feedback()
    rows = map(_feedback_row, newest)
    return [TodayPanel("feedback", "读者反馈", rows, total=total, all_url=reverse("feedback_desk:index"))]


def _page_panels(user) -> list[TodayPanel]:
    mine, day = _mine(user), timezone.localdate()
    due, lost = ([page for page in pages if mine(page.path)] for pages in today.pages_to_mend(today=day))
    return [
        TodayPanel("to-check", "要再核对的页面", (_check_row(page, day) for page in due)),
        TodayPanel("no-scenario", "没有主要场景的页面", map(_scenario_row, lost)),
    ]


def _mine(user) -> Callable[[str], bool]:
    """Return a test by path: may ``user`` edit the page? Asks no more than the rights the menu has asked for."""
    if user.is_superuser:
        return lambda path: True
    given = page_permission_policy.get_cached_permissions_for_user(user)
    places = tuple(right.page.path for right in given if right.permission.codename == "change_page")
    return lambda path: path.startswith(places)


def _review_row(state) -> Row:
    revision, sender = state.revision, state.workflow_state.requested_by
    return Row(
        title=revision.object_str,
        url=review_url(kind_of(revision.content_type_id), revision.object_id),
        button="去审核",
        facts=[_kind(revision.content_type_id), f"{name_of(sender)} 送来：{_moment(state.started_at)}"],
        words=f"改了什么：{state.note}" if state.note else "",
    )


def _sent_back_row(state) -> Row:
    task = state.current_task_state
    return Row(
        title=task.revision.object_str,
        url=_edit_url(state.content_type_id, state.object_id),
        button="去改",
        facts=[
            _kind(state.content_type_id),
            f"{name_of(task.finished_by)} 退回：{_moment(task.finished_at)}",
        ],
        words=task.comment,
        loud=True,
    )


def _draft_row(revision: Revision) -> Row:
    return Row(
        title=revision.object_str,
        url=_edit_url(revision.content_type_id, revision.object_id),
        button="接着写",
        facts=[_kind(revision.content_type_id), f"上次写到：{_moment(revision.created_at)}"],
    )


def _feedback_row(feedback) -> Row:
    return Row(
        title=f"{feedback.page.title} · {feedback.do or feedback.anchor}",
        url=mending_url(feedback),
        button="去改这一页",
        facts=[
            feedback.get_kind_display(),
            *filter(None, [feedback.get_phone_display()]),
            _moment(feedback.left_at),
        ],
        words=feedback.words,
    )


def _check_row(page, day) -> Row:
    over = page.review_by < day
    when = date_format(page.review_by, "Y年n月j日")
    return Row(
        title=page.title,
        url=edit_address_of(Page, page.pk),
        button="去核对",
        facts=[_kind(page.content_type_id), f"过期了：{when}" if over else f"快到了：{when}"],
        loud=over,
    )


def _scenario_row(page) -> Row:
    return Row(
        title=page.title,
        url=edit_address_of(Page, page.pk),
        button="去选场景",
        facts=[_kind(page.content_type_id), "在线" if page.live else "草稿"],
    )


def _planned_row(revision, now) -> Row:
    late = today.is_late(revision, now=now)
    when = _moment(revision.approved_go_live_at)
    return Row(
        title=revision.object_str,
        url=_edit_url(revision.content_type_id, revision.object_id),
        button="去看缺什么" if late else "去看看",
        facts=[_kind(revision.content_type_id), f"到了时间没能上线：{when}" if late else f"{when} 上线"],
        loud=late,
    )


def kind_of(content_type_id: int) -> ContentType:
    """Return what Django keeps at hand, so that a row costs no query."""
    return ContentType.objects.get_for_id(content_type_id)


def _kind(content_type_id: int) -> str:
    return str(kind_of(content_type_id).model_class()._meta.verbose_name)


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "n月j日 H:i")


def _edit_url(content_type_id: int, object_id: str) -> str:
    return edit_address_of(kind_of(content_type_id).model_class(), object_id)
