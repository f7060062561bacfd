"""What courses give to the ground floor, one file for each part. Wagtail imports this package by its name."""

from courses.wagtail_hooks import classes, desk, lessons

__all__ = ["classes", "desk", "lessons"]
