from django.shortcuts import render

from cms.enums import Scenario
from cms.hooks import Section
from cms.models.listing import listed_part


def whole_list(request, page, things, *, heading: str, unit: str, template: str, name: str):
    """Answer below a scenario page with all of its ``things``, twelve at a time.

    ``template`` draws them and is given them as ``name``; ``unit`` is the word they are counted with.
    """
    listed = listed_part(things, request)
    context = {
        "page": page,
        "its": Scenario(page.scenario),
        "part": Section(heading, template, {name: listed}),
        "listed": listed,
        "unit": unit,
    }
    return render(request, "cms/whole_list.html", context)
