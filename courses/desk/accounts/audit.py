"""操作记录: who did what, to which thing, where, from where. Only looked at; the table refuses anything else."""

from django.db.models import BigIntegerField, Case, OuterRef, Subquery, When
from django.db.models.functions import Cast

from cms.models import AuditEntry, User
from courses.desk.accounts import wording
from courses.desk.listing import MANY, Column, DeskList
from courses.enums import OrganisationKind, Right
from courses.forms.accounts import AuditFilters
from courses.models import Organisation, organisations_of

_ORGANISATION = Organisation.objects.filter(pk=OuterRef("organisation_id"))
_ACCOUNT = User.objects.filter(pk=Cast(OuterRef("subject_id"), BigIntegerField()))


class AuditList(DeskList):
    """What was done in the branch; the city also sees what was done in no organisation."""

    page_title = "操作记录"
    header_icon = "history"
    right = Right.SEE_AUDIT
    filter_form = AuditFilters
    unit = "条"
    counts_up_to = MANY
    empty = "还没有记录。"
    export_name = "audit"
    columns = [
        Column("时间", wording.when),
        Column("谁", wording.who),
        Column("做了什么", wording.what),
        Column("对象", wording.which),
        Column("哪里", wording.where, is_minor=True),
        Column("从哪个地址", lambda entry: entry.address, is_minor=True),
        Column("细节", wording.detail, is_minor=True),
    ]

    def get_rows(self):
        rows = AuditEntry.objects.all()
        # The city sees everything: what was done in no organisation too.
        if self.acting.organisation.kind != OrganisationKind.CITY:
            rows = rows.filter(organisation_id__in=organisations_of(self.request.user).values("pk"))
        named = When(subject="user", then=Subquery(_ACCOUNT.values("first_name")[:1]))
        return (
            rows.select_related("by")
            .annotate(
                organisation_name=Subquery(_ORGANISATION.values("name")[:1]),
                account_name=Case(named, default=None),
            )
            .order_by("-at", "-pk")
        )
