"""One organisation, with what it guides: the tree, one level at a time."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse

from courses.desk.listing import Button
from courses.desk.organisations.organisations import show_url, state_of
from courses.desk.showing import DeskShow, Fact, Part, ShownOnce
from courses.enums import Contact, OrganisationKind, Right, TeachingRole
from courses.models import Membership, Organisation, TeachingPerson
from courses.services.organisation_contacts import reveal_contact_phone
from courses.services.organisations import may_place

ON_ONE_PAGE = 50
VENUES_SHOWN = 20


def count_of(rows: QuerySet, by: str) -> Coalesce:
    """Return how many of ``rows`` point at each organisation by this field, as a column of its own query."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


def people(role: TeachingRole) -> Coalesce:
    return count_of(TeachingPerson.objects.filter(role=role, left_on=None), "organisation")


class OrganisationPage(DeskShow):
    """Facts, the organisations right below, venues, and how many people there are."""

    right = Right.SEE_ORGANISATIONS
    header_icon = "site"

    def look_up(self):
        rows = Organisation.objects.select_related("area__parent", "guided_by__guided_by__guided_by")
        counted = rows.annotate(
            guides=count_of(Organisation.objects.all(), "guided_by"),
            teachers=people(TeachingRole.TEACHER),
            volunteers=people(TeachingRole.VOLUNTEER),
            accounts=count_of(Membership.objects.filter(ends_on=None), "organisation"),
        )
        self.organisation = self.visible(counted, self.kwargs["pk"])
        self.revealed: dict[str, str] = {}

    def get_page_title(self):
        return self.organisation.name

    def get_above(self):
        return [("机构", reverse("desk:organisations"))]

    def get_facts(self):
        one = self.organisation
        return [
            Fact("情况", state_of(one)),
            Fact("级别", one.kind_label),
            Fact("简称", one.short_name),
            Fact("机构代码", one.code),
            Fact("业务指导", path=self.line()),
            Fact("行政隶属", one.area.full_name),
            Fact("地址", one.address),
            Fact("对外电话", one.public_phone),
            *(self.contact(whose) for whose in Contact),
            Fact("别的系统里的编号", "\n".join(str(each) for each in one.external_ids.all())),
            Fact("名称来源", one.source),
            *self.numbers(),
        ]

    def line(self) -> list[tuple[str, str]]:
        """Return the ancestors, the highest first; those above one's own branch are named, but lead nowhere."""
        each = self.organisation.guided_by
        steps: list[tuple[str, str]] = []
        while each:
            is_visible = each.lineage.startswith(self.acting.organisation.lineage)
            steps.insert(0, (str(each), show_url(each) if is_visible else ""))
            each = each.guided_by
        return steps

    def contact(self, whose: Contact) -> Fact:
        """Return who it is, with the number masked, or whole right after somebody asked for it."""
        one = self.organisation
        name, masked = getattr(one, f"{whose}_name"), one.masked_contact_phone(whose)
        number = self.revealed.get(whose, masked)
        button = None
        if masked and number == masked and self.may(Right.REVEAL_PHONES):
            address = reverse("desk:organisation_phone", args=[one.pk, whose])
            button = Button(f"看{whose.label}全号", address)
        label = f"{whose.label}电话" if number and not name else whose.label
        return Fact(label, f"{name} {number}".strip(), button=button)

    def numbers(self) -> list[Fact]:
        one, facts = self.organisation, []
        if self.may(Right.SEE_PEOPLE):
            facts = [
                Fact("教师", f"{one.teachers} 位", reverse("desk:teachers")),
                Fact("志愿者", f"{one.volunteers} 位", reverse("desk:volunteers")),
            ]
        if self.may(Right.MANAGE_ACCOUNTS):
            facts.append(Fact("登录账号", f"{one.accounts} 个", reverse("desk:accounts")))
        return facts

    def get_parts(self):
        return [self.below(), *([self.venues()] if self.may(Right.SEE_PLACES) else [])]

    def below(self) -> Part:
        """Return what stands right below: its own page each, and how many it guides in turn."""
        rows = Organisation.objects.visible_to(self.request.user).filter(guided_by=self.organisation)
        pages = Paginator(
            rows.annotate(guides=count_of(Organisation.objects.all(), "guided_by")), ON_ONE_PAGE
        )
        # Known already: one question less.
        pages.count = self.organisation.guides
        page = pages.get_page(self.request.GET.get("p"))
        lines = [(each.name, show_url(each), self.small_print(each)) for each in page]
        return Part(
            f"下面的机构（{pages.count} 家）", lines, "下面没有机构。", self.buttons_below(), page=page
        )

    @staticmethod
    def small_print(each: Any) -> str:
        guides = f"下面 {each.guides} 家" if each.guides else ""
        return "，".join(filter(None, [each.kind_label, guides, state_of(each)]))

    def buttons_below(self) -> list[Button]:
        is_lowest = self.organisation.kind == OrganisationKind.LEARNING_SITE
        if is_lowest or self.organisation.closed_on or not self.may(Right.CHANGE_ORGANISATIONS):
            return []
        return [Button("在下面新建", self.to("new_organisation"))]

    def venues(self) -> Part:
        rows = list(self.organisation.venues.filter(closed_on=None)[: VENUES_SHOWN + 1])
        lines = [(venue.name, "", venue.address) for venue in rows[:VENUES_SHOWN]]
        more = [Button("看全部场地", reverse("desk:venues"))] if len(rows) > VENUES_SHOWN else []
        return Part("在用的场地", lines, "没有在用的场地。", more)

    def get_buttons(self):
        if not self.may(Right.CHANGE_ORGANISATIONS):
            return []
        buttons = [
            Button("修改", self.to("edit_organisation"), is_chief=True),
            Button("别的系统里的编号", self.to("organisation_external_ids")),
        ]
        if may_place(self.acting, self.organisation):
            close = (
                ("恢复", "reopen_organisation")
                if self.organisation.closed_on
                else ("停办", "close_organisation")
            )
            buttons += [
                Button("换上级", self.to("move_organisation")),
                Button(close[0], self.to(close[1])),
            ]
        return buttons

    def to(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.organisation.pk])


class ContactPhone(ShownOnce, OrganisationPage):
    """看全号 of whoever answers for an organisation."""

    def look_up(self):
        if self.kwargs["whose"] not in Contact.values:
            raise Http404
        super().look_up()

    def reveal(self):
        whose = Contact(self.kwargs["whose"])
        self.revealed = {whose: reveal_contact_phone(organisation=self.organisation, whose=whose, by=self.by)}

    def plain_url(self):
        return show_url(self.organisation)
