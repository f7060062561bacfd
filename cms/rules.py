"""Predicates of the ground floor. Pure: they are given values and give back words or nothing."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

# What stands in cms/urls.py or in the public contract beside the page tree.
RESERVED_ADDRESSES = frozenset(
    {
        "admin",
        "check-in",
        "classes",
        "display",
        "documents",
        "enrolments",
        "feedback",
        "feeds",
        "first-password",
        "healthz",
        "l",
        "media",
    }
    | {"offline", "privacy", "progress", "readyz", "screens", "search", "signs", "static"}
)


def reserved_address_refusal(slug: str, *, depth: int) -> str | None:
    """Return why a page at ``depth`` (3 is directly below the home page) cannot have this address, or None."""
    if depth == 3 and slug in RESERVED_ADDRESSES:
        return f"“{slug}”这个地址网站自己要用，换一个。"
    return None


def is_from_elsewhere(headers: Mapping[str, str], host: str) -> bool:
    """True unless the browser says that the request comes from a page of this site.

    For forms on pages that carry no token. Old web views send no Sec-Fetch-Site, but an Origin or a Referer.
    """
    if site := headers.get("Sec-Fetch-Site"):
        return site != "same-origin"
    came_from = headers.get("Origin") or headers.get("Referer") or ""
    return urlsplit(came_from).netloc != host


def is_said_to_be_foreign(headers: Mapping[str, str], host: str) -> bool:
    """True when the browser itself says that the request comes from a page of another site.

    For forms that use nothing the browser is trusted with: a program that says nothing is let in.
    """
    if site := headers.get("Sec-Fetch-Site"):
        return site in {"cross-site", "same-site"}
    came_from = urlsplit(headers.get("Origin") or headers.get("Referer") or "").netloc
    return bool(came_from) and came_from != host


# Seven digits and more, also in groups: a telephone, a card, an identity number.
LONG_NUMBER = re.compile(r"\d(?:[ \-－—]?\d){6,}[xX]?")


def masked(words: str) -> str:
    """Return a reader's words without long numbers and without signs nobody can see."""
    visible = "".join(character for character in words if character.isprintable() or character == "\n")
    return LONG_NUMBER.sub("···", visible).strip()
