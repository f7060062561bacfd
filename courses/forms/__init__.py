"""The shapes of what comes in, one file for each part of the desk."""

from courses.forms.lessons import NewLessonForm

__all__ = ["NewLessonForm"]
