"""When people may be told something, and in which words: at most 70 characters, as said to one's grandmother."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from string import Formatter

from courses.enums import MessageKind
from courses.rules.clock_words import half_day_of
from courses.rules.series import SHANGHAI

# Nobody is called or written to at night.
WAKES, SLEEPS = time(8), time(20)
# One short message; gateways charge for two from the next sign on.
LONGEST = 70
LONGEST_NAME, SHORTEST_VENUE = 6, 3


def may_be_told_at(moment: datetime) -> datetime:
    """Return the first moment from ``moment`` on at which a telephone may ring: from 8 to 20 o'clock here."""
    here = moment.astimezone(SHANGHAI)
    if here.time() < WAKES:
        return datetime.combine(here.date(), WAKES, SHANGHAI)
    if here.time() >= SLEEPS:
        return datetime.combine(here.date() + timedelta(days=1), WAKES, SHANGHAI)
    return moment


def time_awake(begin: datetime, end: datetime) -> timedelta:
    """Return how much of the time from ``begin`` to ``end`` a telephone may ring in."""
    total, at = timedelta(), may_be_told_at(begin)
    while at < end:
        sleeps = datetime.combine(at.astimezone(SHANGHAI).date(), SLEEPS, SHANGHAI)
        total += min(sleeps, end) - at
        at = may_be_told_at(sleeps)
    return total


@dataclass(frozen=True, kw_only=True)
class ToldFacts:
    """What a message can say. Times by the clock on the wall; what is not known is empty, and not spoken of.

    ``at`` is when the class meets (next), or the session in question; ``until`` how long a seat is kept; ``phone`` whom
    to call back; ``name`` is said where somebody else may read it too.
    """

    title: str
    phone: str
    at: datetime | None = None
    next_at: datetime | None = None
    until: datetime | None = None
    where: str = ""
    voucher: str = ""
    place: int = 0
    because: str = ""
    is_today: bool = False
    name: str = ""


# For each kind the fullest words first. The first are taken whose facts are all known and which can be made to fit;
# the last ones always do.
WORDS: dict[MessageKind, tuple[str, ...]] = {
    MessageKind.SEAT: (
        "报上了：{title}。{at}，{where}。凭证{voucher}。有事打{phone}。",
        "报上了：{title}。{at}。凭证{voucher}。有事打{phone}。",
        "报上了：{title}。凭证{voucher}。有事打{phone}。",
    ),
    MessageKind.WAITING: (
        "排上候补了：{title}，您是第{place}位。轮到了就告诉您。凭证{voucher}。有事打{phone}。",
        "排上候补了：{title}。凭证{voucher}。有事打{phone}。",
    ),
    MessageKind.OFFER: (
        "轮到您了：{title}，{at}上课。要来，{until}前打{phone}。过时让给别人。",
        "轮到您了：{title}。要来，{until}前打{phone}。过时让给别人。",
    ),
    MessageKind.OFFER_OVER: (
        "{title}：座位留到的时间过了，不再给您留了。还想来，打{phone}。",
        "{title}：座位不再给您留了。还想来，打{phone}。",
    ),
    MessageKind.CANCELLED: ("{title}：报名取消了。不是您要取消的，请打{phone}。",),
    MessageKind.REMINDER: (
        "{day}有课：{title}。{at}，{where}。来不了，打{phone}。",
        "{day}有课：{title}。{at}。来不了，打{phone}。",
    ),
    MessageKind.MOVED: (
        "{title}有一次课改了：{at}，{where}。来不了，打{phone}。",
        "{title}有一次课改了：{at}。来不了，打{phone}。",
    ),
    MessageKind.NO_SESSION: (
        "{title}：{at}没有课（{because}）。下次{next_at}。有事打{phone}。",
        "{title}：{at}没有课。下次{next_at}。有事打{phone}。",
        "{title}：{at}没有课（{because}）。有事打{phone}。",
        "{title}：{at}没有课。有事打{phone}。",
    ),
    MessageKind.NO_CLASS: (
        "对不起，{title}不开了（{because}）。别的班，打{phone}问。",
        "对不起，{title}不开了。别的班，打{phone}问。",
    ),
}
# What may be said in fewer signs, the dearest last, and how few still say something. Times, numbers and telephones
# are never cut.
GIVES_WAY = {"because": 4, "where": 8, "title": 6}


def words_for(kind: MessageKind, facts: ToldFacts) -> str:
    """Return what somebody is told, in at most `LONGEST` signs."""
    address = f"{shortened(facts.name, LONGEST_NAME)}：" if facts.name.strip() else ""
    said, room = _said(facts), LONGEST - signs(address)
    *fuller, last = WORDS[kind]
    for template in fuller:
        if all(said[name] for name in _names(template)) and _rest(template, said, room) >= 0:
            return address + _filled(template, said, room)
    return address + _filled(last, said, room)


def signs(text: str) -> int:
    """Return how many signs a gateway counts: a rare character is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, most: int) -> str:
    """Return a text on one line in at most so many signs; what is left out shows as …"""
    whole = _on_one_line(text)
    if signs(whole) <= most:
        return whole
    kept = whole[:most]
    while signs(kept) > most - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def shortened_place(where: str, most: int) -> str:
    """Return a place in at most so many signs; the room, which stands last, stays longest."""
    whole = _on_one_line(where)
    venue, _, room = whole.rpartition(" ")
    left = most - signs(room) - 1
    if signs(whole) <= most or not venue or left < SHORTEST_VENUE:
        return shortened(whole, most)
    return f"{shortened(venue, left)} {room}"


def day_and_time(moment: datetime) -> str:
    """Return a moment in few signs: 11月11日周三 下午2:00."""
    hour = moment.hour - 12 if moment.hour > 12 else moment.hour
    weekday = "一二三四五六日"[moment.weekday()]
    clock = f"{half_day_of(moment).label}{hour}:{moment.minute:02}"
    return f"{moment.month}月{moment.day}日周{weekday} {clock}"


def _said(facts: ToldFacts) -> dict[str, str]:
    moments = {name: getattr(facts, name) for name in ("at", "next_at", "until")}
    # A reason that ends as a sentence does would end it twice.
    because = _on_one_line(facts.because).rstrip("。.！!，,；;")
    return {
        **{name: day_and_time(moment) if moment else "" for name, moment in moments.items()},
        "day": "今天" if facts.is_today else "明天",
        "title": _on_one_line(facts.title),
        "where": _on_one_line(facts.where),
        "because": because,
        "place": str(facts.place) if facts.place else "",
        "voucher": facts.voucher,
        "phone": facts.phone.strip(),
    }


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _names(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _rest(template: str, said: dict[str, str], room: int) -> int:
    """Return how much room is left when everything that gives way is as short as it can be."""
    fixed = signs(template.format(**(said | dict.fromkeys(GIVES_WAY, ""))))
    there = set(_names(template))
    return (
        room
        - fixed
        - sum(min(signs(said[name]), least) for name, least in GIVES_WAY.items() if name in there)
    )


def _filled(template: str, said: dict[str, str], room: int) -> str:
    """Fill in the words, shortening one after the other until they fit."""
    said, there = dict(said), set(_names(template))
    for name, least in GIVES_WAY.items():
        over = signs(template.format(**said)) - room
        if over > 0 and name in there:
            most = max(least, signs(said[name]) - over)
            said[name] = (shortened_place if name == "where" else shortened)(said[name], most)
    return template.format(**said)
