from django.db import models
from wagtail.admin.panels import FieldPanel

from cms.enums import Scenario
from cms.hooks import SCENARIO_RESOURCES, ask
from cms.models.fixed import FixedPage


class ScenarioIndexPage(FixedPage):
    """Holds the ten scenario pages; readers who come here see them as on the home page."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ScenarioPage"]

    class Meta:
        verbose_name = "应用场景"
        verbose_name_plural = "应用场景"

    def fixed_slug(self) -> str:
        return "scenarios"


class ScenarioPage(FixedPage):
    """One of the ten application scenarios. The set and the addresses are fixed, the words are not."""

    scenario = models.CharField("场景", max_length=20, choices=Scenario.choices, unique=True, editable=False)
    goal = models.CharField(
        "一句话", max_length=60, blank=True, help_text="学好这一类，能做什么。60 个字以内。"
    )

    search_kind = "场景"
    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    content_panels = [*FixedPage.content_panels, FieldPanel("goal")]

    class Meta:
        verbose_name = "场景页"
        verbose_name_plural = "场景页"

    def fixed_slug(self) -> str:
        return self.scenario

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = list(ask(SCENARIO_RESOURCES, Scenario(self.scenario)))
        return context
