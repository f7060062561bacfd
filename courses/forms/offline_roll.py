"""What a device that called the roll without a network sends: JSON, read field by field; nothing of it is believed."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms

from courses.enums import AttendanceState
from courses.errors import Refused
from courses.services.roll_call.uploading import OffLineMark

MOST_MARKS = 500
# The largest number either database takes for an id.
LARGEST_ID = 2**63 - 1
UNREADABLE = "送来的东西读不出来。请把这个网页重新打开，再同步一次。"


class OffLineMarkForm(forms.Form):
    """One mark."""

    id = forms.UUIDField()
    learner = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    state = forms.ChoiceField(choices=AttendanceState.choices)
    minutes = forms.IntegerField(min_value=0, max_value=1440, required=False)
    made_at = forms.DateTimeField()
    knew = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)

    def mark(self) -> OffLineMark:
        """Return it for the service; only of a valid one."""
        asked = self.cleaned_data
        return OffLineMark(
            client_id=asked["id"],
            learner_id=asked["learner"],
            state=asked["state"],
            minutes=asked["minutes"] if asked["state"] == AttendanceState.LEFT_EARLY else None,
            made_at=asked["made_at"],
            knew=asked["knew"],
        )


@dataclass(frozen=True)
class Sent:
    """Everything that came: whose marks they are, those that can be read, and the ids of those that cannot."""

    who: int
    marks: list[OffLineMark]
    unreadable: list[str]


def read_sent(body: bytes) -> Sent:
    """Read what a device sent. Raises Refused when it is no such thing at all; a bad mark harms no other."""
    try:
        sent: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("unreadable", UNREADABLE) from None
    rows = sent.get("marks") if isinstance(sent, dict) else None
    if not isinstance(rows, list) or not isinstance(sent.get("who"), int):
        raise Refused("unreadable", UNREADABLE)
    if len(rows) > MOST_MARKS:
        raise Refused("too-many", f"一次最多传 {MOST_MARKS} 条。请把这个网页重新打开，再同步一次。")
    found = [OffLineMarkForm(_as_written(row) if isinstance(row, dict) else {}) for row in rows]
    bad = [each.data.get("id") for each in found if not each.is_valid()]
    return Sent(
        who=sent["who"],
        # One number is one mark, whatever it says the second time.
        marks=list(
            {mark.client_id: mark for each in found if each.is_valid() and (mark := each.mark())}.values()
        ),
        unreadable=[each[:40] for each in bad if isinstance(each, str)],
    )


def _as_written(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its moment in words: the field for it takes nothing else."""
    return row | {"made_at": str(row.get("made_at", ""))}
