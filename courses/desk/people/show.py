"""One teacher or volunteer on a screen, the whole telephone number on another, one's own record on a third."""

from django.urls import reverse
from django.utils import timezone

from courses.desk.listing import Button
from courses.desk.people.people import OnePerson, show_url, standing_words
from courses.desk.showing import DeskShow, Fact, Part, ShownOnce
from courses.enums import HalfDay, Right, TeachingRole, Weekday
from courses.models import TeachingPerson
from courses.services.people_consent import reveal_phone


def said(day) -> str:
    """Return a day in words."""
    return f"{day.year}年{day.month}月{day.day}日"


def facts_of(person: TeachingPerson) -> list[Fact]:
    """Return what is known of somebody, the telephone number masked."""
    return [
        Fact("编号", person.number),
        Fact("做什么", person.get_role_display()),
        Fact(
            "所属机构", person.organisation.name, reverse("desk:organisation", args=[person.organisation_id])
        ),
        Fact("电话", person.masked_phone or "没有登记"),
        Fact("能教或能帮的场景", person.scenario_words or "还没有填"),
        Fact("语言", person.language_words),
        Fact("资格", standing_words(person)),
        Fact("公开姓名", consent_words(person)),
        Fact("登录账号", account_words(person)),
        Fact("离开", f"{said(person.left_on)}起不来了" if person.left_on else ""),
        Fact("说明", "演示数据，不是真的人。" if person.is_demo else ""),
    ]


def consent_words(person: TeachingPerson) -> str:
    """Return whether pages may name somebody, since when, and what they say otherwise."""
    if person.listed_consent_on:
        return f"{said(person.listed_consent_on)}本人同意公开姓名。"
    instead = "有老师教" if person.role == TeachingRole.TEACHER else "有志愿者帮忙"
    return f"本人没有同意。班级页面上只写“{instead}”。"


def account_words(person: TeachingPerson) -> str:
    """Return whether somebody logs in, and as whom."""
    return person.user.get_username() if person.user else "没有连账号"


def week_part(person: TeachingPerson, buttons: list[Button]) -> Part:
    """Return the table of a week."""
    free = {(each.weekday, each.half_day) for each in person.availabilities.all()}
    rows = [(day.label, [(day.value, half.value) in free for half in HalfDay]) for day in Weekday]
    context = {
        "words": person.week_words or "还没有填什么时候有空。",
        "half_days": [half.label for half in HalfDay],
        "rows": rows,
    }
    template = "courses/desk/people/week.html"
    return Part("什么时候有空", template=template, context=context, buttons=buttons)


def qualifications_part(person: TeachingPerson, *, may_change: bool) -> Part:
    """Return the table of what somebody has proved."""
    today = timezone.localdate()
    proofs = [
        (proof, proof.is_expired(on=today), reverse("desk:remove-qualification", args=[person.pk, proof.pk]))
        for proof in person.qualifications.all()
    ]
    add = Button("记一项资格", reverse("desk:new-qualification", args=[person.pk]))
    return Part(
        "资格",
        template="courses/desk/people/qualifications.html",
        context={"proofs": proofs, "may_change": may_change},
        buttons=[add] if may_change else [],
    )


class PersonPage(OnePerson, DeskShow):
    """Facts, the week, the proofs, and what can be done."""

    right = Right.SEE_PEOPLE

    def get_page_title(self):
        return self.person.name

    def get_above(self):
        return super().get_above()[:1]

    def get_facts(self):
        return facts_of(self.person)

    def get_parts(self):
        may_change = self.may(Right.CHANGE_PEOPLE)
        return [
            qualifications_part(self.person, may_change=may_change),
            week_part(self.person, []),
            *([self.consent_part(), self.account_part()] if may_change else []),
        ]

    def get_buttons(self):
        buttons = []
        if self.may(Right.CHANGE_PEOPLE):
            buttons.append(Button("改资料", self.below("change-person"), is_chief=True))
        if self.may(Right.REVEAL_PHONES) and self.person.phone:
            buttons.append(Button("看全号", self.below("person-phone"), is_post=True))
        if self.may(Right.CHANGE_PEOPLE):
            gone = Button("回来了", self.below("person-is-back"), is_post=True)
            stays = Button("不来了", self.below("person-leaves"))
            buttons.append(gone if self.person.left_on else stays)
        return buttons

    def consent_part(self) -> Part:
        """Whether pages may name them; taking it back is one press."""
        withdraw = Button("撤回同意", self.below("withdraw-consent"), is_post=True)
        give = Button("本人同意了，记下来", self.below("give-consent"))
        return Part(
            "公开姓名",
            lines=[(consent_words(self.person), "", "")],
            buttons=[withdraw if self.person.listed_consent_on else give],
        )

    def account_part(self) -> Part:
        """Which account is theirs."""
        part_from = Button("断开账号", self.below("unlink-account"), is_post=True)
        link = Button("连上账号", self.below("link-account"))
        about = "连上以后，本人登录就能看到自己的登记。"
        return Part(
            "登录账号",
            lines=[(account_words(self.person), "", about)],
            buttons=[part_from if self.person.user_id else link],
        )

    def below(self, name: str) -> str:
        """Return the address of something that is done to this person."""
        return reverse(f"desk:{name}", args=[self.person.pk])


class PhonePage(OnePerson, ShownOnce, DeskShow):
    """看全号: the whole number alone on a screen."""

    def reveal(self):
        self.number = reveal_phone(person=self.person, by=self.by)

    def plain_url(self):
        return show_url(self.person)

    def get_page_title(self):
        return f"{self.person.name}的电话"

    def get_facts(self):
        return [
            Fact("姓名", self.person.name),
            Fact("电话", self.number),
            Fact("已经记下来", "谁在什么时候看了全号，系统记下来了。离开这一页，号码就不再显示。"),
        ]

    def get_buttons(self):
        return [Button("看好了，回去", show_url(self.person), is_chief=True)]


class MyRecordPage(DeskShow):
    """我的登记: what is kept about oneself as a teacher or volunteer, to look at."""

    page_title = "我的登记"
    header_icon = "user"

    def get_facts(self):
        return []

    def get_parts(self):
        mine = TeachingPerson.objects.with_all().select_related("user").filter(user=self.request.user)
        parts = [self.part_of(person) for person in mine]
        return parts or [Part("教师和志愿者", empty="您的账号还没有连上登记。请找管您的老师连一下。")]

    def part_of(self, person: TeachingPerson) -> Part:
        """Return one record: the same facts that staff see, without addresses they may not open."""
        week = Fact("什么时候有空", person.week_words or "还没有填")
        facts = [fact for fact in [Fact("姓名", person.name), *facts_of(person), week] if fact.words]
        heading = f"{person.get_role_display()} · {person.organisation}"
        return Part(heading, template="courses/desk/people/mine.html", context={"facts": facts})
