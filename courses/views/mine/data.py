"""`/enrolments/mine/…`: what is kept about a person, in their own hands: a copy of it, and having it erased."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.errors import Refused
from courses.forms.mine import WithdrawForm
from courses.models import Enrolment, Learner
from courses.services.enrolment.giving_up import still_to_come
from courses.services.enrolment.withdrawing import withdraw
from courses.services.learners import export_to_oneself
from courses.views.keeping import forget_voucher
from courses.views.mine.changing import ASK
from courses.views.mine.own import of_one_enrolment, private, see_other


@of_one_enrolment
@ASK
def copy(request, enrolment: Enrolment):
    """Hand out everything that is kept, as a page to print or as a file. POST: it is put down each time."""
    context = {"run": enrolment.run, "is_proven": enrolment.proves_who}
    if request.method != "POST":
        return render(request, "courses/mine/copy_asked.html", context)
    made = export_to_oneself(enrolment=enrolment)
    if request.POST.get("form") != "file":
        return render(request, "courses/mine/copy.html", context | {"copy": made})
    answer = JsonResponse(made.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@of_one_enrolment
@ASK
def withdrawing(request, enrolment: Enrolment):
    """不同意了: say exactly what is lost, ask for a tick, then erase; or say why not here, and how else."""
    if not enrolment.proves_who:
        context = {"run": enrolment.run}
        status = 422 if request.method == "POST" else 200
        return render(request, "courses/mine/not_proven.html", context, status=status)
    form = WithdrawForm(request.POST) if request.method == "POST" else WithdrawForm()
    if request.method != "POST" or not form.is_valid():
        return _asked(request, enrolment, form)
    try:
        withdraw(enrolment=enrolment, now=timezone.now())
    except Refused as refusal:
        form.refuse(refusal)
        return _asked(request, enrolment, form)
    response = see_other("enrolments_withdrawn")
    forget_voucher(response)
    return response


@private
@require_safe
def withdrawn(request):
    """Say goodbye; there is nobody left to name."""
    return render(request, "courses/mine/withdrawn.html")


def _asked(request, enrolment: Enrolment, form: WithdrawForm):
    learner = Learner.canonical_of(enrolment.learner_id)
    lost = still_to_come(learner, now=timezone.now()).select_related("run").order_by("created_at")
    context = {"form": form, "lost": lost, "run": enrolment.run}
    return render(request, "courses/mine/withdraw.html", context, status=422 if form.errors else 200)
