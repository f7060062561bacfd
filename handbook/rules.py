"""Predicates of the handbooks. Pure: they are given values and give back words or nothing."""

# What stands below a book beside its chapters (handbook.wagtail_hooks) or in the public contract.
RESERVED_BELOW_A_BOOK = frozenset({"all", "editions", "receipt", "red-lines"})


def reserved_chapter_refusal(slug: str) -> str | None:
    """Return why a chapter cannot have this address, or None."""
    if slug in RESERVED_BELOW_A_BOOK:
        return f"“{slug}”这个地址手册自己要用，换一个。"
    return None
