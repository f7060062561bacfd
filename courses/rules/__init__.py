"""Pure predicates: they are given values and give back words, a refusal or nothing. No table is asked here."""

from courses.rules.lessons import archived_refusals, lesson_refusals

__all__ = ["archived_refusals", "lesson_refusals"]
