from django.urls import path

from courses.desk.classes.plan_import import PlanDrop, PlanImport, PlanPreview, PlanTemplate

urlpatterns = [
    path("classes/plan-import/", PlanImport.as_view(), name="plan_import"),
    path("classes/plan-import/template/", PlanTemplate.as_view(), name="plan_import_template"),
    path("classes/plan-import/<int:term>/<slug:token>/", PlanPreview.as_view(), name="plan_import_preview"),
    path("classes/plan-import/<int:term>/<slug:token>/drop/", PlanDrop.as_view(), name="plan_import_drop"),
]
