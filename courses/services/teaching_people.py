"""Teachers and volunteers: who they are, what they can teach, when they have time, whether they may be named.

``by`` is None where the system itself acts (the demo, a command). Names and numbers are never put down: the audit
table gets ids and names of fields (security.md, Personal data).
"""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from cms.enums import AuditVerb, Scenario
from cms.models import User
from cms.services.audit import record
from courses.enums import HalfDay, Right, Weekday
from courses.errors import Refused
from courses.models import (
    Availability,
    Organisation,
    PersonNumber,
    TaughtScenario,
    TeachingPerson,
)
from courses.rules.names import name_refusal, tidy
from courses.rules.phones import normalised, phone_refusal
from courses.services.branches import refuse_unless_may

HalfDays = Iterable[tuple[int, str]]


@transaction.atomic
def create_person(
    *,
    organisation: Organisation,
    role: str,
    name: str,
    by: User | None,
    phone: str = "",
    speaks_mandarin: bool = True,
    speaks_shanghainese: bool = False,
    scenarios: Iterable[str] = (),
    free: HalfDays = (),
    is_demo: bool = False,
) -> TeachingPerson:
    """Add somebody with a number of their own.

    Raises NotAllowed, and Refused when name or phone cannot be, or when the organisation has the same person already.
    """
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=organisation)
    person = TeachingPerson(
        organisation=organisation,
        role=role,
        name=_checked_name(name),
        speaks_mandarin=speaks_mandarin,
        speaks_shanghainese=speaks_shanghainese,
        is_demo=is_demo,
    )
    person.keep_phone(_checked_phone(phone))
    _refuse_doubles(person)
    person.number = PersonNumber.objects.take_next(role)
    _save(person)
    _keep_scenarios(person, scenarios)
    _keep_availability(person, free)
    record(AuditVerb.CREATED, by=by, subject=person, organisation_id=organisation.pk, detail=role)
    return person


@transaction.atomic
def change_person(
    *,
    person: TeachingPerson,
    name: str,
    speaks_mandarin: bool,
    speaks_shanghainese: bool,
    by: User | None,
    phone: str | None = None,
    organisation: Organisation | None = None,
    scenarios: Iterable[str] | None = None,
    free: HalfDays | None = None,
) -> TeachingPerson:
    """Correct what is known of somebody. What is None stays as it is; a ``phone`` of "" takes the number away.

    Raises NotAllowed, also for an organisation outside the branch, and Refused as `create_person`.
    """
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    wanted = {
        "name": _checked_name(name),
        "speaks_mandarin": speaks_mandarin,
        "speaks_shanghainese": speaks_shanghainese,
    }
    if organisation is not None and organisation != person.organisation:
        refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=organisation)
        wanted["organisation"] = organisation
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    for field, value in wanted.items():
        setattr(person, field, value)
    if phone is not None and (number := _checked_phone(phone)) != person.whole_phone():
        person.keep_phone(number)
        changed.append("phone")
    if changed:
        _refuse_doubles(person)
        _save(person)
    if scenarios is not None and _keep_scenarios(person, scenarios):
        changed.append("scenarios")
    if free is not None and _keep_availability(person, free):
        changed.append("availability")
    if changed:
        _put_down_change(person, by, ",".join(changed))
    return person


@transaction.atomic
def leave(*, person: TeachingPerson, on: date, by: User | None) -> TeachingPerson:
    """Let somebody go from that day on. Raises NotAllowed, and Refused when they have left already."""
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    if person.left_on:
        raise Refused("left-already", f"已经记了 {person.left_on:%Y-%m-%d} 离开。要改日子，先点“回来了”。")
    person.left_on = on
    person.save(update_fields=["left_on"])
    _put_down_change(person, by, "left_on")
    return person


@transaction.atomic
def come_back(*, person: TeachingPerson, by: User | None) -> TeachingPerson:
    """Take back that somebody left. Raises NotAllowed, and Refused when they have not."""
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    if not person.left_on:
        raise Refused("has-not-left", "这个人没有离开，不用再点“回来了”。")
    person.left_on = None
    person.save(update_fields=["left_on"])
    _put_down_change(person, by, "left_on")
    return person


def same_person_elsewhere(person: TeachingPerson, *, user: User) -> list[TeachingPerson]:
    """Return the same person (phone and name) of the same role at other organisations that ``user`` sees."""
    alike = TeachingPerson.objects.same_person(name=person.name, phone=person.whole_phone())
    others = alike.visible_to(user).filter(role=person.role).exclude(pk=person.pk)
    return list(others.select_related("organisation"))


def _checked_name(written: str) -> str:
    name = tidy(written)
    if words := name_refusal(name):
        raise Refused("bad-name", words, fields={"name": words})
    return name


def _checked_phone(written: str) -> str:
    number = normalised(written)
    if number and (words := phone_refusal(number)):
        raise Refused("bad-phone", words, fields={"phone": words})
    return number


def _refuse_doubles(person: TeachingPerson) -> None:
    """Raise Refused, naming who is there, when the organisation has the same person in the same role."""
    alike = TeachingPerson.objects.same_person(name=person.name, phone=person.whole_phone())
    there = alike.filter(organisation=person.organisation, role=person.role).exclude(pk=person.pk).first()
    if there is None:
        return
    gone = f"{there.left_on:%Y-%m-%d} 离开了。打开那一页，点“回来了”。" if there.left_on else "不用再登记。"
    words = f"这里已经有这个人了：{there.name}（{there.number}），{gone}"
    raise Refused("is-there-already", words, fields={"name": words})


def _save(person: TeachingPerson) -> None:
    """Save; somebody who was saved by another at the same moment is refused like one who was there before."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        _refuse_doubles(person)
        raise


def _keep_scenarios(person: TeachingPerson, scenarios: Iterable[str]) -> bool:
    wanted = set(scenarios)
    if not wanted <= set(Scenario.values):
        raise Refused("unknown-scenario", "没有这个场景。", fields={"scenarios": "没有这个场景。"})
    known = {each.scenario: each.pk for each in TaughtScenario.objects.filter(person=person)}
    gone = [pk for scenario, pk in known.items() if scenario not in wanted]
    TaughtScenario.objects.filter(pk__in=gone).delete()
    new = [TaughtScenario(person=person, scenario=each) for each in sorted(wanted - known.keys())]
    TaughtScenario.objects.bulk_create(new, ignore_conflicts=True)
    return bool(gone or new)


def _keep_availability(person: TeachingPerson, free: HalfDays) -> bool:
    wanted = {(int(weekday), str(half_day)) for weekday, half_day in free}
    if not all(weekday in Weekday.values and half in HalfDay.values for weekday, half in wanted):
        raise Refused("unknown-half-day", "没有这个时间。", fields={"free": "没有这个时间。"})
    known = {(each.weekday, each.half_day): each.pk for each in Availability.objects.filter(person=person)}
    gone = [pk for cell, pk in known.items() if cell not in wanted]
    Availability.objects.filter(pk__in=gone).delete()
    new = [Availability(person=person, weekday=day, half_day=half) for day, half in wanted - known.keys()]
    Availability.objects.bulk_create(new, ignore_conflicts=True)
    return bool(gone or new)


def _put_down_change(person: TeachingPerson, by: User | None, detail: str) -> None:
    record(AuditVerb.CHANGED, by=by, subject=person, organisation_id=person.organisation_id, detail=detail)
