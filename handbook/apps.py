from django.apps import AppConfig


class HandbookConfig(AppConfig):
    """The seniors' handbook and the volunteers' service handbook."""

    name = "handbook"
    verbose_name = "手册"
