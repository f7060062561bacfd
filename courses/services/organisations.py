"""Organisations come to be, change, move and close. Each verb asks for the right and the branch, and is put down.

Whoever changes the line holds its top row: two moves at once could otherwise leave a branch with the lineage of a
place it no longer stands in. What shifts counting first waits until nobody counts (`hold_line`).
"""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import NotAllowed, Refused
from courses.models import Attendance, Membership, Organisation
from courses.rules.organisations import code_refusal, level_refusal
from courses.services.branches import acting_with, refuse_unless_in_branch
from courses.services.counting.keeping import hold_line, recounting_alone
from courses.services.organisation_details import OrganisationDetails, take_over


@transaction.atomic
def create_organisation(
    *, kind: str, guided_by: Organisation, details: OrganisationDetails, by: User
) -> Organisation:
    """Make an organisation below ``guided_by``.

    Raises NotAllowed, and Refused when the level does not fit, the code is no code or taken, or the one above is
    closed. A college stands right below the city: only the city's managers have that in their branch.
    """
    acting = acting_with(by, Right.CHANGE_ORGANISATIONS)
    above = _held(guided_by)
    refuse_unless_in_branch(acting, above)
    _refuse_place(kind=kind, above=above, field="kind")
    organisation = Organisation(kind=kind, guided_by=above)
    _refuse_code(organisation, details.code)
    take_over(organisation, details)
    organisation.save()
    _put_down(AuditVerb.CREATED, organisation, by, organisation.code)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, details: OrganisationDetails, by: User
) -> Organisation:
    """Change what is known of an organisation. Raises NotAllowed, and Refused for a code that cannot be taken."""
    hold_line(alone=True)
    held = _mine(organisation, by)
    _refuse_code(held, details.code)
    if changed := take_over(held, details):
        with recounting_alone(_on_rolls_of(held) if "area" in changed else ()):
            held.save()
        _put_down(AuditVerb.CHANGED, held, by, " ".join(changed))
    return held


@transaction.atomic
def move_organisation(*, organisation: Organisation, guided_by: Organisation, by: User) -> Organisation:
    """Put an organisation below another one; everything below it comes along.

    Raises NotAllowed when either lies outside the branch, and Refused when it would stand below itself, below one of
    its own level or lower, or below a closed one.
    """
    hold_line(alone=True)
    held = _mine_to_place(organisation, by)
    above = _held(guided_by)
    refuse_unless_in_branch(acting_with(by, Right.CHANGE_ORGANISATIONS), above)
    if above.lineage.startswith(held.lineage):
        words = "不能放到自己下面，也不能放到自己管的机构下面。"
        raise Refused("below-itself", words, fields={"guided_by": words})
    _refuse_place(kind=held.kind, above=above, field="guided_by")
    if held.guided_by_id != above.pk:
        detail = f"guided_by {held.guided_by_id} {above.pk}"
        held.guided_by = above
        with recounting_alone(_on_rolls_of(held)):
            held.save()
        _put_down(AuditVerb.CHANGED, held, by, detail)
    return held


@transaction.atomic
def close_organisation(*, organisation: Organisation, by: User, on: date | None = None) -> Organisation:
    """Say that an organisation stops on a day, today if none is given; it stays in every list and count.

    Raises NotAllowed (also for the top of one's own branch), and Refused when something below it is still open
    then, or one of its venues is still in use.
    """
    day = on or timezone.localdate()
    held = _mine_to_place(organisation, by)
    if below := Organisation.objects.branch(held).exclude(pk=held.pk).open(on=day).count():
        raise Refused("open-below", f"下面还有 {below} 家机构在办。请先停办它们，或者移到别的机构下面。")
    if venues := held.venues.filter(Q(closed_on=None) | Q(closed_on__gt=day)).count():
        words = f"还有 {venues} 处场地在用。请先到“场地”里停用它们，或者交给别的机构管。"
        raise Refused("venues-in-use", words)
    held.closed_on = day
    held.save()
    _put_down(AuditVerb.DISABLED, held, by, f"closed_on {day}")
    return held


@transaction.atomic
def reopen_organisation(*, organisation: Organisation, by: User) -> Organisation:
    """Say that a closed organisation is there again. Raises NotAllowed, and Refused while the one above is closed."""
    held = _mine_to_place(organisation, by)
    _refuse_closed(held.guided_by)
    held.closed_on = None
    held.save()
    _put_down(AuditVerb.ENABLED, held, by, "")
    return held


def _on_rolls_of(organisation: Organisation) -> set[int]:
    """Return the learners whose attendances are counted where the organisation stands."""
    branch = Organisation.objects.branch(organisation).values("pk")
    rows = Attendance.objects.filter(session__run__organiser__in=branch)
    return set(rows.values_list("learner_id", flat=True).distinct())


def may_place(acting: Membership, organisation: Organisation) -> bool:
    """True when this identity may move and close it: it changes organisations, and this is not its own top."""
    is_top = organisation.guided_by_id is None or organisation.pk == acting.organisation_id
    return acting.allows(Right.CHANGE_ORGANISATIONS) and not is_top


def _held(organisation: Organisation) -> Organisation:
    """Hold the line, then read the organisation as it is now."""
    list(Organisation.objects.select_for_update(no_key=True).filter(guided_by=None).values_list("pk"))
    return Organisation.objects.select_related("guided_by").get(pk=organisation.pk)


def _mine(organisation: Organisation, by: User) -> Organisation:
    """Return it as it is now, held. Raises NotAllowed."""
    acting = acting_with(by, Right.CHANGE_ORGANISATIONS)
    held = _held(organisation)
    refuse_unless_in_branch(acting, held)
    return held


def _mine_to_place(organisation: Organisation, by: User) -> Organisation:
    """Return it as it is now, held. Raises NotAllowed, also for the top of one's own branch."""
    held = _mine(organisation, by)
    if not may_place(acting_with(by, Right.CHANGE_ORGANISATIONS), held):
        raise NotAllowed("自己这一家不能由自己移动或停办，请找上一级。")
    return held


def _refuse_place(*, kind: str, above: Organisation, field: str) -> None:
    if words := level_refusal(kind=kind, above=above.kind):
        raise Refused("level-does-not-fit", words, fields={field: words})
    _refuse_closed(above)


def _refuse_closed(above: Organisation) -> None:
    if above.closed_on and above.closed_on <= timezone.localdate():
        raise Refused("above-closed", f"上一级“{above}”已经停办了。请先恢复它，或者换一个上级。")


def _refuse_code(organisation: Organisation, code: str) -> None:
    if words := code_refusal(code):
        raise Refused("bad-code", words, fields={"code": words})
    if Organisation.objects.filter(code=code).exclude(pk=organisation.pk).exists():
        words = "这个机构代码已经有人用了，请换一个。"
        raise Refused("code-taken", words, fields={"code": words})


def _put_down(verb: AuditVerb, organisation: Organisation, by: User, detail: str) -> None:
    record(verb, by=by, subject=organisation, organisation_id=organisation.pk, detail=detail)
