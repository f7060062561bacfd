"""Who says what between designers and reviewers."""

from wagtail.models import WorkflowMixin, WorkflowState


def name_of(user) -> str:
    """Return what colleagues call a person; somebody whose account is gone is 同事."""
    return (user.get_full_name() or user.get_username()) if user else "同事"


def sent_back_words(content) -> str:
    """Return what a reviewer asked for when sending ``content`` back; "" when it is not waiting to be mended."""
    state = content.current_workflow_state if isinstance(content, WorkflowMixin) else None
    if not state or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    return f"{name_of(state.current_task_state.finished_by)} 退回：{state.current_task_state.comment}"
