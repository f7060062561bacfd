"""Predicates of the ground floor. Pure: they are given values and give back words or nothing."""

# What stands in cms/urls.py or in the public contract beside the page tree.
RESERVED_ADDRESSES = frozenset(
    {"admin", "check-in", "classes", "display", "documents", "enrolments", "healthz", "l", "media", "offline"}
    | {"progress", "readyz", "screens", "search", "static"}
)


def reserved_address_refusal(slug: str, *, depth: int) -> str | None:
    """Return why a page at ``depth`` (3 is directly below the home page) cannot have this address, or None."""
    if depth == 3 and slug in RESERVED_ADDRESSES:
        return f"“{slug}”这个地址网站自己要用，换一个。"
    return None
