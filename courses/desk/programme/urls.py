from django.urls import path

from courses.desk.programme.comparing import CompareLine
from courses.desk.programme.editing import (
    EditLine,
    EditPoint,
    EditProgramme,
    EditShare,
    NewLine,
    NewPoint,
    NewProgramme,
    RemoveLine,
    RemovePoint,
)
from courses.desk.programme.line_list import ClearLineList, DropLineList, LineList, LineListPreview
from courses.desk.programme.programmes import ProgrammeList, ProgrammePage

urlpatterns = [
    path("programmes/", ProgrammeList.as_view(), name="programmes"),
    path("programmes/new/", NewProgramme.as_view(), name="new_programme"),
    path("programmes/<int:pk>/", ProgrammePage.as_view(), name="programme"),
    path("programmes/<int:pk>/edit/", EditProgramme.as_view(), name="edit_programme"),
    path("programmes/<int:pk>/points/new/", NewPoint.as_view(), name="new_point"),
    path("programmes/<int:pk>/points/<int:point>/", EditPoint.as_view(), name="edit_point"),
    path("programmes/<int:pk>/points/<int:point>/remove/", RemovePoint.as_view(), name="remove_point"),
    path("programmes/<int:pk>/shares/<int:district>/", EditShare.as_view(), name="edit_share"),
    path("programmes/<int:pk>/lines/new/", NewLine.as_view(), name="new_line"),
    path("programmes/<int:pk>/lines/<int:line>/", EditLine.as_view(), name="edit_line"),
    path("programmes/<int:pk>/lines/<int:line>/remove/", RemoveLine.as_view(), name="remove_line"),
    path("programmes/<int:pk>/lines/<int:line>/compare/", CompareLine.as_view(), name="compare_line"),
    path("programmes/<int:pk>/lines/<int:line>/list/", LineList.as_view(), name="line_list"),
    path("programmes/<int:pk>/lines/<int:line>/list/clear/", ClearLineList.as_view(), name="clear_line_list"),
    path(
        "programmes/<int:pk>/lines/<int:line>/list/<slug:token>/",
        LineListPreview.as_view(),
        name="line_list_preview",
    ),
    path(
        "programmes/<int:pk>/lines/<int:line>/list/<slug:token>/drop/",
        DropLineList.as_view(),
        name="drop_line_list",
    ),
]
