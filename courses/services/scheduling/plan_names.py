"""Names in an imported plan → the organisations, modules, people and rooms the planner has at hand.

Everything is loaded once, in a handful of queries; what lies in another branch does not exist here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from cms.models import User
from courses.enums import OrganisationKind, TeachingRole
from courses.models import (
    LessonPage,
    ModulePage,
    Organisation,
    Room,
    TeachingPerson,
    Venue,
    acting_membership,
)
from courses.rules.names import name_key
from courses.rules.sheets.cells import CellValue, key_of
from courses.rules.sheets.lists import read_names
from courses.rules.sheets.unclear import Unclear, quoted
from courses.services.areas import AreaIndex

# As many are named where several could be meant, or where none fits.
MOST_NAMED = 5
_OWN_KINDS = {OrganisationKind.COMMUNITY_SCHOOL, OrganisationKind.LEARNING_SITE}
_ROOM_WORDS = ("教室", "活动室", "房间", "室")
_BETWEEN = " ,、;:/-()"
_BETWEEN_WORDS = " ,、;:/|。!?“”\"'《》"
_CALLED = {TeachingRole.TEACHER: "老师", TeachingRole.VOLUNTEER: "志愿者"}
_HOW_TO_MEND = {
    TeachingRole.TEACHER: "请先到“教师”里登记，或者看看姓名写对没有；一格只写一位",
    TeachingRole.VOLUNTEER: "请先到“志愿者”里登记，或者看看姓名写对没有；几位之间用“、”隔开",
}


class AtHand:
    """What one planner may plan with on a day, found by what people write."""

    def __init__(self, *, by: User, on: date) -> None:
        self.by, self.on = by, on

    def organiser(self, written: str, *, district: str, town: str) -> Organisation | Unclear:
        """Return the organisation meant; nothing written is the planner's own school."""
        if not written:
            return self._own_organisation or Unclear("没写办学单位", "请写机构的全称、简称或代码")
        found = self._organisations[key_of(written)]
        if len(found) > 1:
            found = [each for each in found if not self.elsewhere(each, district, town)] or found
        if not found:
            near = _near(written, (each.name for each in self._all_organisations))
            return Unclear(f"您这里没有{quoted(written)}这家机构", near or "请写机构的全称、简称或代码")
        names = _some(found, lambda each: f"{each.name}（{each.area.full_name}，代码 {each.code}）")
        return _only(found, f"{quoted(written)}可能是好几家：{names}", "请写上街镇，或者直接写代码")

    def elsewhere(self, organisation: Organisation, *written: str) -> list[str]:
        """Return which of the written districts and towns are not where the organisation is, each with what to do.

        A name that several places have is right when one of them is the organisation's.
        """
        here = {organisation.area_id, organisation.area.parent_id}
        meant = [(each, self._areas.resolve(each)) for each in written if each]
        wrong = [
            (each, places) for each, places in meant if not here & {area.pk for area in places.candidates}
        ]
        return [places.words or f"写的是{each}" for each, places in wrong]

    def module(self, written: str) -> ModulePage | Unclear:
        """Return the course module meant, by title or slug."""
        found = self._modules[key_of(written)]
        if not found:
            near = _near(written, (each.title for each in self._all_modules))
            return Unclear(f"没有{quoted(written)}这个课程模块", near or "请照课程目录里的名字写，或者空着")
        slugs = _some(found, lambda each: each.slug)
        return _only(found, f"有好几个模块叫{quoted(written)}", f"请写它网址里的那一段：{slugs}")

    def teacher(self, written: str) -> TeachingPerson | Unclear:
        """Return the person meant, by name or by name and number: 王芳 T00012."""
        return self._person(written, TeachingRole.TEACHER)

    def helpers(self, value: CellValue) -> list[TeachingPerson] | Unclear:
        """Return the people meant who help: 李明、陈红 T00031."""
        names = read_names(value, is_known=lambda name: bool(self._people[name_key(name)]))
        return _each(names, lambda name: self._person(name, TeachingRole.VOLUNTEER))

    def lessons(self, value: CellValue, module: ModulePage | None) -> list[LessonPage] | Unclear:
        """Return the lessons meant, by their codes or titles; of two with one title, the one of the module."""
        names = read_names(value, is_known=lambda name: bool(self._lessons[_lesson_key(name)]))
        return _each(names, lambda name: self._lesson(name, module))

    def _person(self, written: str, role: TeachingRole) -> TeachingPerson | Unclear:
        found = self._people[name_key(written)]
        found = [each for each in found if each.role == role] or found
        if not found:
            return Unclear(f"您这里没有{quoted(written)}这位{_CALLED[role]}", _HOW_TO_MEND[role])
        names = _some(found, lambda each: f"{each.name} {each.number}（{each.organisation}）")
        several = f"有 {len(found)} 位{_CALLED[role]}叫{quoted(written)}：{names}"
        return _only(found, several, "请在姓名后面写上编号")

    def _lesson(self, written: str, module: ModulePage | None) -> LessonPage | Unclear:
        found = self._lessons[_lesson_key(written)]
        if module and len(found) > 1:
            found = [each for each in found if each.is_child_of(module)] or found
        if not found:
            near = _near(written, (each.title for each in self._all_lessons))
            how = near or "请写课时的编号，比如 MED-1，或者照课程目录里的名字写"
            return Unclear(f"没有{quoted(written)}这一课", how)
        codes = _some(found, lambda each: each.code)
        return _only(found, f"有好几课叫{quoted(written)}", f"请写编号：{codes}")

    def place(self, written: str) -> tuple[Venue, Room | None] | Unclear:
        """Return the venue and room meant: 田林社区学校 203室. The room is None where only the venue is written."""
        key = key_of(written)
        names = [name for name in self._venues if key.startswith(name)]
        if not names:
            near = _near(written, (each.name for each in self._all_venues))
            return Unclear(
                f"您这里没有{quoted(written)}这个场地", near or "请先到“场地”里登记，或者看看名字写对没有"
            )
        name = max(names, key=len)
        found = self._venues[name]
        owners = _some(found, lambda each: str(each.organisation))
        several = f"有好几个场地叫“{found[0].name}”：{owners}的都有"
        venue = _only(found, several, "请到“场地”里给它们起不一样的名字")
        if isinstance(venue, Unclear):
            return venue
        return self._room(venue, key.removeprefix(name).strip(_BETWEEN))

    def _room(self, venue: Venue, key: str) -> tuple[Venue, Room | None] | Unclear:
        rooms = self._rooms[venue.pk]
        if not key:
            return venue, None
        wanted = _room_key(key)
        found = [room for room in rooms if self._room_keys[room.pk] == wanted]
        if len(found) == 1:
            return venue, found[0]
        names = "、".join(room.name for room in rooms[:MOST_NAMED])
        have = f"请写它有的教室：{names}" if names else "请先到“场地”里登记教室，或者只写场地"
        return Unclear(f"“{venue.name}”里没有“{key}”这间教室", have)

    def has_rooms(self, venue: Venue) -> bool:
        """True when a room could be named."""
        return bool(self._rooms[venue.pk])

    @cached_property
    def _areas(self) -> AreaIndex:
        return AreaIndex.load()

    @cached_property
    def _all_organisations(self) -> list[Organisation]:
        visible = Organisation.objects.visible_to(self.by).open(on=self.on)
        return list(visible.select_related("area__parent").order_by("code"))

    @cached_property
    def _organisations(self) -> dict[str, list[Organisation]]:
        return _by_key(self._all_organisations, lambda each: (each.name, each.short_name, each.code))

    @cached_property
    def _own_organisation(self) -> Organisation | None:
        acting = acting_membership(self.by)
        own = [each for each in self._all_organisations if acting and each.pk == acting.organisation_id]
        return own[0] if own and own[0].kind in _OWN_KINDS else None

    @cached_property
    def _all_modules(self) -> list[ModulePage]:
        return list(ModulePage.objects.live().order_by("path"))

    @cached_property
    def _modules(self) -> dict[str, list[ModulePage]]:
        return _by_key(self._all_modules, lambda each: (each.title, each.slug))

    @cached_property
    def _all_lessons(self) -> list[LessonPage]:
        rows = LessonPage.objects.live().current().order_by("path")
        return list(rows.only("title", "path", "depth", "code", "main_scenario"))

    @cached_property
    def _lessons(self) -> dict[str, list[LessonPage]]:
        found: dict[str, list[LessonPage]] = defaultdict(list)
        for lesson in self._all_lessons:
            for key in {_lesson_key(lesson.title), _lesson_key(lesson.code)} - {""}:
                found[key].append(lesson)
        return found

    @cached_property
    def _people(self) -> dict[str, list[TeachingPerson]]:
        there = Q(left_on=None) | Q(left_on__gt=self.on)
        rows = TeachingPerson.objects.at_hand_of(self.by).filter(there).select_related("organisation")
        people: dict[str, list[TeachingPerson]] = defaultdict(list)
        for each in rows:
            numbered = (f"{each.name}{blank}{each.number}" for blank in ("", " "))
            for name in {name_key(each.name), *map(name_key, numbered)}:
                people[name].append(each)
        return people

    @cached_property
    def _all_venues(self) -> list[Venue]:
        in_use = Q(closed_on=None) | Q(closed_on__gt=self.on)
        return list(Venue.objects.at_hand_of(self.by).filter(in_use).select_related("organisation"))

    @cached_property
    def _venues(self) -> dict[str, list[Venue]]:
        return dict(_by_key(self._all_venues, lambda each: (each.name,)))

    @cached_property
    def _rooms(self) -> dict[int, list[Room]]:
        in_use = Q(closed_on=None) | Q(closed_on__gt=self.on)
        rooms: dict[int, list[Room]] = defaultdict(list)
        for room in Room.objects.at_hand_of(self.by).filter(in_use):
            rooms[room.venue_id].append(room)
        return rooms

    @cached_property
    def _room_keys(self) -> dict[int, str]:
        return {room.pk: _room_key(room.name) for rooms in self._rooms.values() for room in rooms}


def _only(found: list[Any], several: str, how: str) -> Any:
    """Return the one that was found; of several, which they are and how to say which."""
    return found[0] if len(found) == 1 else Unclear(several, how)


def _some(found: Iterable[Any], called: Callable[[Any], str]) -> str:
    """Return what the first of them are called."""
    return "、".join(called(each) for each in list(found)[:MOST_NAMED])


def _room_key(name: str) -> str:
    key = key_of(name)
    for word in _ROOM_WORDS:
        if key.endswith(word) and key != word:
            return key.removesuffix(word)
    return key


def _lesson_key(name: str) -> str:
    """Titles have dividers in them: they are the same with and without."""
    return "".join(sign for sign in key_of(name) if sign not in _BETWEEN_WORDS)


def _each(names: list[str] | Unclear, find: Callable[[str], Any]) -> Any:
    """Return what each name stands for, each once; the first that is unclear where one is."""
    if isinstance(names, Unclear):
        return names
    found = [find(name) for name in names]
    return next((each for each in found if isinstance(each, Unclear)), list(dict.fromkeys(found)))


def _by_key(things: Iterable[Any], names) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for thing in things:
        for key in {key_of(name) for name in names(thing)} - {""}:
            found[key].append(thing)
    return found


def _near(written: str, names: Iterable[str]) -> str:
    """Return the names that hold what was written, or are held by it, as a question; "" without any."""
    key = key_of(written)
    near = [name for name in names if len(key) > 1 and (key in key_of(name) or key_of(name) in key)]
    return f"您是不是要写：{'、'.join(near[:MOST_NAMED])}" if near else ""
