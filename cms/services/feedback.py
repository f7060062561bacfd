"""What readers tell about a step, without an account. Nothing that says who they are is kept."""

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from cms.enums import FeedbackKind
from cms.errors import FeedbackRefused
from cms.hooks import PAGE_STEPS, ask
from cms.models import StepFeedback
from cms.rules import masked
from cms.services.limits import within_limit
from cms.services.reading import ReadingStep

TEN_MINUTES = 10 * 60
DAY = 24 * 60 * 60
# A class of thirty behind one address taps twice each.
PER_ADDRESS = 60
PER_PAGE = 300
# How long a reader may add words to a tap.
TOKEN_AGE = 60 * 60
SALT = "cms.feedback"


def leave_feedback(
    *, page: Page, anchor: str, kind: str, phone: str = "", words: str = "", sender: str
) -> StepFeedback:
    """Keep what a reader said about the step at ``anchor`` of ``page``; return it.

    The same tap again within ten minutes is the same feedback: a hand may tremble. ``sender`` is only counted.
    Raises FeedbackRefused when there is no such step, or when there was too much from there or on this page.
    """
    do = _sentence(page, anchor, phone)
    again = _tap_key(page, anchor, kind, sender)
    if kept := StepFeedback.objects.filter(pk=cache.get(again, 0), settled_at=None).first():
        return kept
    if not within_limit("feedback", sender, most=PER_ADDRESS, seconds=TEN_MINUTES):
        raise FeedbackRefused("刚才点了很多次，都记下了。过十分钟，再告诉我们。", too_many=True)
    if not within_limit("feedback-page", str(page.pk), most=PER_PAGE, seconds=DAY):
        raise FeedbackRefused("今天很多人说到这一页，老师已经知道了。谢谢您。", too_many=True)
    kept = StepFeedback.objects.create(
        page_id=page.pk,
        anchor=anchor,
        do=do,
        kind=FeedbackKind(kind).value,
        phone=phone,
        words=masked(words),
    )
    cache.set(again, kept.pk, TEN_MINUTES)
    return kept


def add_words(*, feedback: StepFeedback, words: str) -> StepFeedback:
    """Keep what the reader wrote to a tap; long numbers are left out, they may be somebody's."""
    feedback.words = masked(words)
    feedback.save(update_fields=["words"])
    return feedback


def token_of(feedback: StepFeedback) -> str:
    """Return what an address carries so that whoever tapped can add words, and nobody else."""
    return signing.dumps(feedback.pk, salt=SALT)


def by_token(token: str) -> StepFeedback | None:
    """Return the feedback a token stands for; None when it is no token of ours, too old, or settled."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
    except signing.BadSignature:
        return None
    return StepFeedback.objects.select_related("page").filter(pk=pk, settled_at=None).first()


def _sentence(page: Page, anchor: str, phone: str) -> str:
    """Return the step's sentence from the page itself, never from a form. Raises FeedbackRefused."""
    steps: list[ReadingStep] = next(ask(PAGE_STEPS, page.specific), []) if page.live else []
    step = next((step for step in steps if step.anchor == anchor), None)
    if step is None:
        raise FeedbackRefused("这一页刚刚改过，这一步不在了。请回到那一页，再看一看。")
    return _for_phone(step, phone)


def _for_phone(step: ReadingStep, phone: str) -> str:
    mine = f"for-{phone or 'android'}"
    return next(words.do for words in step.words if not words.phones or mine in words.phones.split())


def _tap_key(page: Page, anchor: str, kind: str, sender: str) -> str:
    return "tap:" + salted_hmac("cms.tap", f"{page.pk} {anchor} {kind} {sender}").hexdigest()[:32]
