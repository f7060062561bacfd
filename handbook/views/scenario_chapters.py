from cms.views.scenario_lists import whole_list
from handbook.models import ChapterPage


def scenario_chapters(request, page):
    """All chapters on a scenario, of both books, at `/scenarios/<slug>/chapters/`."""
    chapters = ChapterPage.objects.live().filter(main_scenario=page.scenario).order_by("path")
    template = "handbook/chapter_list.html"
    return whole_list(request, page, chapters, heading="手册", unit="章", template=template, name="chapters")
