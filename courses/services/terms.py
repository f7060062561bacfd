"""Terms, kept by the city: they are the same for everybody, and their codes are part of the classes' codes."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Membership, Term
from courses.services.branches import acting_with
from courses.services.scheduling.locking import lock_organisation

CODE = re.compile(r"[0-9]{2}[AB]")


@dataclass(frozen=True)
class TermDetails:
    """What a term is; both days are included."""

    code: str
    name: str
    starts_on: date
    ends_on: date


@transaction.atomic
def add_term(*, details: TermDetails, by: User) -> Term:
    """Add a term. Raises NotAllowed, and Refused for a wrong or taken code and for days that make no sense."""
    acting = _locked(by)
    _refuse_details(details, besides=None)
    term = Term.objects.create(**vars(details))
    record(AuditVerb.CREATED, by=by, subject=term, organisation_id=acting.organisation_id, detail=term.code)
    return term


@transaction.atomic
def change_term(*, term: Term, details: TermDetails, by: User) -> Term:
    """Change a term. Raises NotAllowed and Refused as `add_term`, and when classes already bear its code."""
    acting = _locked(by)
    _refuse_details(details, besides=term)
    if details.code != term.code and term.runs.exists():
        _refuse("code-used", f"已经有班用了 {term.code} 编号，代码不能再改。", "code")
    for name, value in vars(details).items():
        setattr(term, name, value)
    term.save()
    record(AuditVerb.CHANGED, by=by, subject=term, organisation_id=acting.organisation_id, detail=term.code)
    return term


def _locked(by: User) -> Membership:
    """Return the identity acted under; two who change terms at once come one after the other."""
    acting = acting_with(by, Right.CHANGE_AREAS)
    lock_organisation(acting.organisation)
    return acting


def _refuse_details(details: TermDetails, *, besides: Term | None) -> None:
    others = Term.objects.exclude(pk=besides.pk if besides else None)
    if not CODE.fullmatch(details.code):
        _refuse("bad-code", "代码是年份后两位加 A（春季）或 B（秋季），比如 26B。", "code")
    if others.filter(code=details.code).exists():
        _refuse("code-taken", f"已经有 {details.code} 这个学期了。", "code")
    if details.ends_on <= details.starts_on:
        _refuse("ends-before-start", "最后一天要在第一天后面。", "ends_on")
    touching = others.filter(starts_on__lte=details.ends_on, ends_on__gte=details.starts_on)
    if other := touching.order_by("starts_on").first():
        days = f"{other.starts_on:%Y-%m-%d} 到 {other.ends_on:%Y-%m-%d}"
        _refuse("overlap", f"和{other}（{days}）的日子重了，改一改第一天或者最后一天。", "starts_on")


def _refuse(code: str, words: str, field: str) -> None:
    raise Refused(code, words, fields={field: words})
