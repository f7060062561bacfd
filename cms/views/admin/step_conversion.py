"""The two requests behind “改成共用步骤” and “改成这一课自己的步骤”. The editor puts the answer into its form."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required

from cms.blocks import StepBlock
from cms.models import SharedStep
from cms.services.roles import MAY_WRITE
from cms.services.step_conversion import may_share, own_state, share_step, shared_state


@require_POST
def share(request):
    """Make a shared step of the step whose fields stand under ``prefix``, as they are in the editor."""
    if not may_share(request.user):
        raise PermissionDenied
    prefix = request.POST.get("prefix", "")
    try:
        value = StepBlock().value_from_datadict(request.POST, request.FILES, prefix)
    except (KeyError, ValueError):
        # Wagtail's blocks take their own form only.
        return HttpResponseBadRequest()
    try:
        step = share_step(value=value, title=request.POST.get("title", ""), by=request.user)
    except ValidationError as refusal:
        return JsonResponse({"errors": refusal.messages}, status=422)
    return JsonResponse({"state": shared_state(step)})


@require_GET
@permission_required(MAY_WRITE)
def own(request, pk: int):
    """Answer with the shared step's words, for a step of the page's own."""
    state = own_state(get_object_or_404(SharedStep, pk=pk))
    if state is None:
        raise Http404
    return JsonResponse({"state": state})
