"""Filters of what people are told."""

from django import forms
from django.db.models import Q, QuerySet

from courses.enums import MessageKind, MessageState
from courses.forms.desk import FilterForm
from courses.forms.run_filter import RunFilter
from courses.models import Message
from courses.rules.names import name_key


class MessageFilters(FilterForm):
    """What was sent: to whom or for which class, saying what, how far it is."""

    q = forms.CharField(
        label="姓名开头或班级编号",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="说什么", required=False, choices=[("", "都看"), *MessageKind.choices])
    state = forms.ChoiceField(label="到哪里了", required=False, choices=[("", "都看"), *MessageState.choices])

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        """Find by the beginning of a learner's name, or a class's number."""
        name = name_key(words)
        named = Q(enrolment__learner__name_key__startswith=name) if name else Q()
        return rows.filter(named | Q(enrolment__run__code__iexact=words))

    def by_kind(self, rows: QuerySet, kind: str) -> QuerySet:
        return rows.filter(kind=kind)

    def by_state(self, rows: QuerySet, state: str) -> QuerySet:
        return rows.filter(state=state)


class CallFilters(RunFilter):
    """Whom to ring up: of one class, about one thing."""

    run_path = "enrolment__run"
    kind = forms.ChoiceField(label="说什么", required=False, choices=[("", "都看"), *MessageKind.choices])

    def waiting(self) -> QuerySet:
        return Message.objects.visible_to(self.user).to_call()

    def by_kind(self, rows: QuerySet, kind: str) -> QuerySet:
        return rows.filter(kind=kind)
