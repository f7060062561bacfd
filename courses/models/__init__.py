"""Course modules and lessons."""

from courses.models.catalogue import CourseIndexPage, LessonPage, LessonTopic, ModulePage

__all__ = ["CourseIndexPage", "LessonPage", "LessonTopic", "ModulePage"]
