"""The same activity on two of the city's lines: what two have in common that are held on one day (R11)."""

# A venue's name of one sign or two begins too many others.
SHORTEST_NAME = 3
STREET, PLACE = "同一个街镇", "同一个地点"


def same_place(*, area: int | None, place_key: str, venue_area: int, venue_key: str) -> str:
    """Return what is the same of a place in a list and of one of ours, in words; "" for nothing.

    ``place_key`` and ``venue_key`` are names as `key_of` spells them; a room's number may follow in the list.
    """
    is_named = len(venue_key) >= SHORTEST_NAME and place_key.startswith(venue_key)
    if is_named or (place_key and place_key == venue_key):
        return PLACE
    return STREET if area is not None and area == venue_area else ""
