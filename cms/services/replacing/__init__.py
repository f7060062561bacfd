"""Find and replace over everything designers write: 按钮改名了."""

from cms.services.replacing.applying import AT_ONCE, LOG_ACTION, TooManyPages, replace
from cms.services.replacing.finding import Found, find, places
from cms.services.replacing.texts import Scope
from cms.services.replacing.wording import Hit, Renaming, renaming_refusals

__all__ = [
    "AT_ONCE",
    "LOG_ACTION",
    "Found",
    "Hit",
    "Renaming",
    "Scope",
    "TooManyPages",
    "find",
    "places",
    "renaming_refusals",
    "replace",
]
