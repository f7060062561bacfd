"""Which districts touch which, by their official codes: who finds no class at home looks next door.

Islands count as touching what the bridge or tunnel leads to (崇明: 宝山 by ferry, 浦东 by tunnel).
"""

_TOUCHING = (
    ("310101", "310104 310106 310109 310115"),
    ("310104", "310105 310106 310112 310115"),
    ("310105", "310106 310107 310112 310114"),
    ("310106", "310107 310109 310113"),
    ("310107", "310113 310114"),
    ("310109", "310110 310113 310115"),
    ("310110", "310113 310115"),
    ("310112", "310115 310117 310118 310120 310114"),
    ("310113", "310114 310115 310151"),
    ("310114", "310118"),
    ("310115", "310120 310151"),
    ("310116", "310117 310118 310120"),
    ("310117", "310118 310120"),
)
NEIGHBOURS: dict[str, frozenset[str]] = {}
for _one, _others in _TOUCHING:
    for _other in _others.split():
        NEIGHBOURS[_one] = NEIGHBOURS.get(_one, frozenset()) | {_other}
        NEIGHBOURS[_other] = NEIGHBOURS.get(_other, frozenset()) | {_one}


def neighbours(code: str) -> frozenset[str]:
    """Return the codes of the districts that touch this one; none for a code that is no district's."""
    return NEIGHBOURS.get(code, frozenset())
