"""What courses give to the ground floor, one file for each part. Wagtail imports this package by its name."""

from courses.wagtail_hooks import accounts, desk, lessons

__all__ = ["accounts", "desk", "lessons"]
