from cms.views.scenario_lists import whole_list
from courses.models import LessonPage


def scenario_lessons(request, page):
    """All lessons of a scenario in use, at `/scenarios/<slug>/lessons/`."""
    lessons = LessonPage.objects.live().current().of_scenario(page.scenario)
    template = "courses/lesson_list.html"
    return whole_list(request, page, lessons, heading="课程", unit="课", template=template, name="lessons")
