from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Course modules and lessons."""

    name = "courses"
    verbose_name = "课程"
