"""Who says what between designers and reviewers."""

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import TaskState, WorkflowMixin, WorkflowState


def name_of(user) -> str:
    """Return what colleagues call a person; somebody whose account is gone is 同事."""
    return user.called if user else "同事"


def sent_back_words(content) -> str:
    """Return what a reviewer asked for when sending ``content`` back; "" when it is not waiting to be mended."""
    state = content.current_workflow_state if isinstance(content, WorkflowMixin) else None
    if not state or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    return f"{name_of(state.current_task_state.finished_by)} 退回：{state.current_task_state.comment}"


def decision_words(content: WorkflowMixin) -> str:
    """Return what was decided last about ``content``; "" when nothing was."""
    decided = TaskState.objects.filter(
        workflow_state__in=content.workflow_states.all(), finished_at__isnull=False
    )
    last = decided.select_related("revision").order_by("-finished_at", "-pk").first()
    if last is None:
        return ""
    if last.status == TaskState.STATUS_REJECTED:
        return f"“{last.revision.object_str}”送回去改了。"
    if last.status != TaskState.STATUS_APPROVED:
        return f"“{last.revision.object_str}”不用审核了，设计者收回了。"
    day = last.revision.approved_go_live_at
    when = date_format(timezone.localtime(day), "n月j日 H:i") if day else ""
    return f"“{last.revision.object_str}”通过了，{when + ' 上线' if when else '读者已经看得到'}。"
