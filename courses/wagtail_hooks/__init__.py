"""What courses give to the ground floor, one file for each part. Wagtail imports this package by its name."""

from courses.wagtail_hooks import (
    accounts,
    classes,
    demo,
    desk,
    first_rows,
    lessons,
    offline,
    privacy,
    progress,
    today,
)

__all__ = [
    "accounts",
    "classes",
    "demo",
    "desk",
    "first_rows",
    "lessons",
    "offline",
    "privacy",
    "progress",
    "today",
]
