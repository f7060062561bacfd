"""Numbers as people say them: 131260 is 13.1万."""

WAN = 10_000


def in_wan(number: int) -> str:
    """Return a number in 万 with one digit behind the point, cut, never rounded up; below that as it is: 9,214."""
    if number < WAN:
        return f"{number:,}"
    tenths = number * 10 // WAN
    return f"{tenths // 10}万" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}万"
