"""Plain words of a package, in the one form in which they are kept, compared and written."""

EXPECTED = "这里要写文字。像数字、日期、yes 这样的，请加上引号。"


def tidy(text: str) -> str:
    """Return ``text`` as the editor keeps it: without spaces around it, with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def too_long(text: str, limit: int | None) -> str | None:
    """Return why ``text`` does not fit into ``limit`` characters, or None."""
    if limit is None or len(text) <= limit:
        return None
    return f"太长了，有 {len(text)} 个字，最多 {limit} 个字。"
