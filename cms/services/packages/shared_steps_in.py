"""Shared steps of a package come in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.errors import SharedStepInUse
from cms.models import SharedStep
from cms.services.packages import words
from cms.services.packages.block_values import WrongShape, from_plain, problems_in
from cms.services.packages.exporting import LeavingNames, as_published, shared_step_plain
from cms.services.packages.work import Work
from cms.services.packages.yaml_text import Document
from cms.services.usage import pages_using

FIELDS = ("key", "title", "step", "live")


def bring_shared_step(work: Work, key: str, document: Document) -> None:
    """Create, change or leave alone the shared step ``key``; problems are noted in ``work``."""
    found = SharedStep.objects.filter(key=key).first()
    names = LeavingNames()
    before = shared_step_plain(as_published(found), names) if found else None
    step = found or SharedStep(key=key, live=False)
    live = work.live(document)
    if not _fill(work, step, document):
        return
    after = shared_step_plain(step, names, live=live)
    if before != after:
        work.changed(step, before, after, titles=names.titles(), warnings=_used_elsewhere(work, step))
        _save(work, step, document, live)


def _used_elsewhere(work: Work, step: SharedStep) -> list[str]:
    """Warn of pages outside the package that change as well."""
    pages = [page.specific for page in pages_using(step)] if step.pk else []
    others = [page.title for page in pages if getattr(page, "code", None) not in work.package.pages]
    return [f"这一步还用在别的页面里，一起变：{'、'.join(others)}。"] if others else []


def _save(work: Work, step: SharedStep, document: Document, live: bool) -> None:
    if not step.pk:
        step.save()
    if step.live and not live:
        try:
            with transaction.atomic():
                step.unpublish(user=work.by)
        except SharedStepInUse as refusal:
            work.wrong(document, ("live",), str(refusal))
            return
    revision = step.save_revision(user=work.by, log_action=True)
    if live:
        revision.publish(user=work.by)


def _fill(work: Work, step: SharedStep, document: Document) -> bool:
    unknown = sorted(set(document.value) - set(FIELDS))
    for name in unknown:
        work.wrong(document, (name,), f"没有“{name}”这一项，可以用：{'、'.join(FIELDS)}。")
    try:
        step.title = _title(document)
        step.body = _body(work, document)
        step.full_clean(exclude=["latest_revision"])
    except WrongShape as shape:
        work.misshapen(document, shape)
    except ValidationError as error:
        work.invalid(document, error)
    else:
        return not unknown
    return False


def _body(work: Work, document: Document):
    block = SharedStep._meta.get_field("body").stream_block.child_blocks["step"]
    raw = from_plain(block, document.value.get("step"), work.names, ("step",))
    try:
        value = block.clean(block.to_python(raw))
    except ValidationError as error:
        raise WrongShape(found=list(problems_in(error, block, raw, ("step",)))) from None
    return [("step", value)]


def _title(document: Document) -> str:
    title = document.value.get("title")
    if not isinstance(title, str):
        raise WrongShape(("title",), words.EXPECTED)
    return words.tidy(title)
