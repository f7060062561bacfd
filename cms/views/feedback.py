"""我的手机不一样 / 没看懂: one tap under a step, and a page to add words to it.

Pages with the buttons are cached and carry nothing of a reader's, so no CSRF token either: a request is taken
when the browser says that it comes from a page of this site.
"""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page

from cms.errors import FeedbackRefused
from cms.forms import StepTapForm, TapWordsForm
from cms.models import StepFeedback
from cms.rules import is_from_elsewhere
from cms.services.feedback import add_words, by_token, leave_feedback, token_of
from cms.services.limits import sender

THANKS = "记下了，谢谢您。老师会来看。"


@csrf_exempt
@never_cache
def tap(request):
    """Keep a tap and lead to the page that thanks for it; to the page's script the same in JSON."""
    if request.method != "POST":
        return redirect("/")
    try:
        feedback = _kept(request)
    except FeedbackRefused as refusal:
        return _refused(request, refusal)
    more = reverse("feedback_words", args=[token_of(feedback)])
    if _asks_json(request):
        return JsonResponse({"message": THANKS, "more": more, "words": "想多说一句"})
    return redirect(more)


@csrf_exempt
@never_cache
def words(request, token):
    """Thank for a tap, and take a sentence more if the reader has one."""
    feedback = by_token(token)
    if feedback is None:
        return _refused(request, FeedbackRefused("您说的已经记下了。放得久了，不能再加话。"))
    if request.method != "POST":
        return _thanks(request, feedback, TapWordsForm(initial={"words": feedback.words}))
    form = TapWordsForm(request.POST)
    if is_from_elsewhere(request.headers, request.get_host()) or form.is_filled_by_a_machine():
        return _refused(request, FeedbackRefused("没有记下来。请从课里再点一次。"))
    if not form.is_valid():
        return _thanks(request, feedback, form, status=422)
    add_words(feedback=feedback, words=form.cleaned_data["words"])
    return redirect(request.path)


def _kept(request) -> StepFeedback:
    form = StepTapForm(request.POST)
    if is_from_elsewhere(request.headers, request.get_host()) or not form.is_valid():
        raise FeedbackRefused("没有记下来。请从课里再点一次。")
    page = Page.objects.filter(pk=form.cleaned_data["page"]).first()
    if page is None:
        raise FeedbackRefused("这一页已经不在了。")
    kind, anchor = form.kind_and_anchor()
    return leave_feedback(
        page=page, anchor=anchor, kind=kind, phone=form.cleaned_data["phone"], sender=sender(request)
    )


def _thanks(request, feedback: StepFeedback, form: TapWordsForm, *, status: int = 200):
    context = {
        "thanks": THANKS,
        "feedback": feedback,
        "form": form,
        "number": feedback.anchor.rpartition("-")[2],
        "back": f"{feedback.page.url}#{feedback.anchor}",
    }
    return render(request, "cms/feedback.html", context, status=status)


def _refused(request, refusal: FeedbackRefused):
    status = 429 if refusal.too_many else 422
    if _asks_json(request):
        return JsonResponse({"message": str(refusal)}, status=status)
    context = {"heading": "这次没有记", "message": str(refusal)}
    return render(request, "cms/errors/refused.html", context, status=status)


def _asks_json(request) -> bool:
    return request.headers.get("Accept", "") == "application/json"
