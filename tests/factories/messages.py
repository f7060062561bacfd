"""Messages, and gateways that are none."""

from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from courses.enums import MessageKind, MessageState
from courses.models import CourseRun, Enrolment, Learner, Message
from courses.services.messages.adapters import TryLater, Undeliverable
from tests.factories.enrolments import NOW, known_enrols


class Gateway:
    """Remembers what it was given; refuses what it is told to refuse. Name it in MESSAGES_ADAPTER: ``GATEWAY``."""

    given: ClassVar[list[tuple[str, str, str]]] = []
    refuses: ClassVar[list[Exception]] = []
    # Called with each number before it is taken.
    before: ClassVar = None

    @classmethod
    def start_anew(cls) -> type["Gateway"]:
        cls.given, cls.refuses, cls.before = [], [], None
        return cls

    @classmethod
    def is_busy(cls, times: int = 1) -> None:
        cls.refuses = [TryLater("busy") for _ in range(times)]

    @classmethod
    def knows_no_number(cls) -> None:
        cls.refuses = [Undeliverable("no such number")]

    def send(self, key: str, number: str, words: str) -> None:
        if type(self).before:
            type(self).before(number)
        if self.refuses:
            raise self.refuses.pop(0)
        self.given.append((key, number, words))


GATEWAY = "tests.factories.messages.Gateway"


def a_message(
    enrolment: Enrolment,
    kind: MessageKind = MessageKind.SEAT,
    *,
    state: MessageState = MessageState.WAITING,
    due_at: datetime = NOW,
    about: str = "test",
    **values,
) -> Message:
    """Put a message about an enrolment into the outbox as it is."""
    return Message.objects.create(
        enrolment=enrolment, kind=kind, state=state, due_at=due_at, created_at=due_at, about=about, **values
    )


def to_call(run: CourseRun, learner: Learner, *, now: datetime | None = None) -> Message:
    """Let a learner enrol, and put the message of it onto the call list."""
    enrolment = known_enrols(run, learner, now=now or timezone.now()).enrolment
    message = enrolment.messages.get()
    message.state = MessageState.TO_CALL
    message.save()
    return message
