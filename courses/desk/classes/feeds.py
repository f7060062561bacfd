"""日历链接: made for a person, a room or a school, shown once, renewed, taken back."""

import segno
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from courses.desk.base import DeskMixin
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button, Column, DeskList
from courses.desk.showing import DeskShow, Fact
from courses.enums import Right
from courses.errors import Refused
from courses.forms.desk import DeskForm
from courses.forms.timetable import FeedForm
from courses.models import CalendarFeed
from courses.services.feeds import WITH, make_feed, renew_feed, revoke_feed


def feed_url(feed: CalendarFeed) -> str:
    """Return where a link is shown, without its secret."""
    return reverse("desk:feed", args=[feed.pk])


class FeedList(DeskList):
    """The links of the branch that are alive."""

    page_title = "日历链接"
    right = Right.SEE_CLASSES
    header_icon = "link"
    unit = "个链接"
    empty = "还没有日历链接。做一个，老师的手机日历里就有自己的课，改了时间也跟着改。"
    columns = [
        Column("谁的课", lambda feed: feed.said, url=feed_url),
        Column("哪一种", lambda feed: feed.kind.label),
        Column("谁做的", lambda feed: str(feed.organisation), is_minor=True),
        Column("哪天做的", lambda feed: f"{timezone.localtime(feed.made_at):%Y-%m-%d}", is_minor=True),
    ]

    def get_rows(self):
        return CalendarFeed.objects.visible_to(self.by).live().select_related(*WITH)

    def get_buttons(self):
        if not self.may(Right.PLAN_CLASSES):
            return []
        return [Button("做一个链接", reverse("desk:new_feed"), is_chief=True)]


class FeedMixin(DeskMixin):
    """A living link out of the address; 404 when it lies in another branch or was taken back."""

    header_icon = "link"

    @cached_property
    def feed(self) -> CalendarFeed:
        """The link, with what it is for."""
        rows = CalendarFeed.objects.live().select_related(*WITH, "made_by")
        return self.visible(rows, self.kwargs["pk"])

    def get_above(self):
        return [("班级", reverse("desk:runs")), ("日历链接", reverse("desk:feeds"))]


class FeedPage(FeedMixin, DeskShow):
    """What is known of a link; its secret is not."""

    right = Right.SEE_CLASSES

    def get_page_title(self):
        return f"{self.feed.said} 的日历链接"

    def get_facts(self):
        one = self.feed
        return [
            Fact("谁的课", one.said),
            Fact("哪一种", one.kind.label),
            Fact("谁做的", f"{one.organisation} {one.made_by.get_full_name()}".strip()),
            Fact("什么时候做的", f"{timezone.localtime(one.made_at):%Y-%m-%d %H:%M}"),
            Fact("链接", "只在做好的那一次显示。丢了，就换一个新的。"),
        ]

    def get_buttons(self):
        if not self.may(Right.PLAN_CLASSES):
            return []
        return [
            Button("换一个新的", reverse("desk:renew_feed", args=[self.feed.pk])),
            Button("收回", reverse("desk:revoke_feed", args=[self.feed.pk])),
        ]


class SecretFormView(DeskFormView):
    """A form that ends with a secret on the screen, once: it stands in no address, session or message."""

    right = Right.PLAN_CLASSES
    header_icon = "link"

    def make(self, form) -> tuple[CalendarFeed, str]:
        """Do it by a service and return the link with its secret. A `Refused` is shown in the form."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            feed, token = self.make(form)
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        address = f"{settings.PUBLIC_URL}{reverse('feed', args=[token])}"
        code = segno.make(address, error="m", micro=False)
        shown = {"address": address, "feed": feed, "code": code.svg_data_uri(scale=6, border=4)}
        context = self.get_context_data(form=form) | shown
        return render(self.request, "courses/desk/feed_once.html", context)


class NewFeed(SecretFormView):
    """做一个链接."""

    page_title = "做一个日历链接"
    form_class = FeedForm
    submit_label = "做链接"
    question = "三样里选一样。谁有这个链接，谁就看得到这些课的时间和地点，所以只交给用的人。"

    def get_above(self):
        return [("班级", reverse("desk:runs")), ("日历链接", reverse("desk:feeds"))]

    def make(self, form) -> tuple[CalendarFeed, str]:
        return make_feed(of=form.chosen(), by=self.by)


class FeedFormMixin(FeedMixin):
    """A question about one link."""

    def get_above(self):
        return [*super().get_above(), (self.feed.said, feed_url(self.feed))]


class RenewFeed(FeedFormMixin, SecretFormView):
    """换一个新的."""

    page_title = "换一个新的链接"
    form_class = DeskForm
    submit_label = "换"
    question = "换了以后，旧的链接马上没用，装过的手机要重新装。"

    def make(self, form) -> tuple[CalendarFeed, str]:
        return self.feed, renew_feed(feed=self.feed, by=self.by)


class RevokeFeed(FeedFormMixin, DeskFormView):
    """收回."""

    right = Right.PLAN_CLASSES
    page_title = "收回日历链接"
    form_class = DeskForm
    submit_label = "收回"
    is_dangerous = True
    question = "收回以后，这个链接马上没用，手机日历里不再更新。"
    done = "收回了。"

    def save(self, form) -> str:
        revoke_feed(feed=self.feed, by=self.by, at=timezone.now())
        return reverse("desk:feeds")
