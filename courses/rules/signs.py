"""What fits on the sign for the door."""

import unicodedata

# From how many widths of a Chinese character on the words have to be smaller, and what that size is called.
_SIZES = ((1.8, "huge"), (2.8, "large"), (4.2, "middle"), (7.2, "small"))


def size_on_sign(words: str) -> str:
    """Return the size in which words fill the sign without running over: "huge" for 203."""
    width = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.6 for sign in words)
    return next((size for most, size in _SIZES if width <= most), "least")
