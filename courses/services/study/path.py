"""What there is to do in a recorded session: every step of its lessons, one after the other, and then to practise.

The practice of a lesson are its own questions (自己考考自己), three at most; a lesson without any asks that one does it
once on one's own telephone.
"""

from dataclasses import dataclass
from enum import StrEnum, nonmember

from cms.services.reading import ReadingStep, reading_steps, step_of
from courses.models import ClassSession, LessonPage


class Part(StrEnum):
    """What is to be done at one place of the way."""

    # Templates name members; they would call the class first.
    do_not_call_in_templates = nonmember(True)

    STEP = "step"
    QUESTION = "question"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Item:
    """One thing to do: ``number`` counts within its kind and lesson, from 1."""

    lesson: LessonPage
    part: Part
    number: int

    @property
    def key(self) -> str:
        """What it is remembered by; the same after the lesson was renamed or moved."""
        return f"{self.lesson.code}.{self.part}-{self.number}"

    def step(self) -> ReadingStep:
        """Return the step as a reader sees it."""
        return reading_steps(self.lesson.steps)[self.number - 1]

    @property
    def question(self) -> dict:
        """The question with its answer."""
        return self.lesson.questions[self.number - 1].value


def path_of(session: ClassSession) -> list[Item]:
    """Return everything there is to do, in order; nothing where the session has no lessons on line."""
    lessons = [each for each in session.lessons.all() if each.live]
    return [item for lesson in sorted(lessons, key=lambda each: each.path) for item in _of(lesson)]


def _of(lesson: LessonPage) -> list[Item]:
    steps = sum(step_of(block) is not None for block in lesson.steps)
    asks = [Item(lesson, Part.QUESTION, number) for number in range(1, len(lesson.questions) + 1)]
    return [
        *(Item(lesson, Part.STEP, number) for number in range(1, steps + 1)),
        *(asks or [Item(lesson, Part.PRACTICE, 1)]),
    ]
