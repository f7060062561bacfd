"""The administrative line kept up: units the official list does not have, and what people call places.

For the city only: areas are the same for everybody.
"""

from collections.abc import Iterable

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import AreaKind, Right
from courses.errors import Refused
from courses.models import Area, AreaAlias
from courses.rules.names import LONGEST
from courses.rules.organisations import unit_code
from courses.services.branches import acting_with


@transaction.atomic
def add_unit(*, district: Area, name: str, by: User) -> Area:
    """Add a township-like unit (类乡级单位) below a district, under a code of ours.

    Raises NotAllowed, and Refused when ``district`` is none, the name is empty, too long or there already, or all
    codes of the district are given out.
    """
    acting = acting_with(by, Right.CHANGE_AREAS)
    if district.kind != AreaKind.DISTRICT:
        raise Refused("no-district", "类乡级单位只能加在区下面。")
    _refuse_name(name)
    # Whoever adds one below a district holds it: the next code is given out once.
    held = Area.objects.select_for_update().get(pk=district.pk)
    if held.children.filter(name=name).exists():
        words = f"{held.name}已经有“{name}”了。"
        raise Refused("name-taken", words, fields={"name": words})
    code = unit_code(held.code, set(held.children.values_list("code", flat=True)))
    if code is None:
        raise Refused("no-code-left", f"{held.name}的 99 个自编代码都用完了，不能再加。")
    unit = Area.objects.create(code=code, name=name, kind=AreaKind.TOWNSHIP_LIKE, parent=held)
    record(AuditVerb.CREATED, by=by, subject=unit, organisation_id=acting.organisation_id, detail=code)
    return unit


@transaction.atomic
def set_aliases(*, area: Area, names: Iterable[str], by: User) -> None:
    """Make these the only other names of an area. One alias may stand for several areas: people are asked then.

    Raises NotAllowed, and Refused for one that is too long or the area's own name.
    """
    acting = acting_with(by, Right.CHANGE_AREAS)
    wanted = set(names)
    for name in sorted(wanted):
        _refuse_name(name, field="names")
        if name == area.name:
            words = f"“{name}”本来就是它的名字，不用写成别名。"
            raise Refused("alias-is-name", words, fields={"names": words})
    there = set(area.aliases.values_list("name", flat=True))
    gone, new = there - wanted, wanted - there
    area.aliases.filter(name__in=gone).delete()
    AreaAlias.objects.bulk_create(AreaAlias(area=area, name=name) for name in sorted(new))
    if gone or new:
        detail = f"aliases -{len(gone)} +{len(new)}"
        record(AuditVerb.CHANGED, by=by, subject=area, organisation_id=acting.organisation_id, detail=detail)


def _refuse_name(name: str, *, field: str = "name") -> None:
    if not name or len(name) > LONGEST:
        words = f"“{name[:10]}…”太长了，最多 {LONGEST} 个字。" if name else "请填名称。"
        raise Refused("bad-name", words, fields={field: words})
