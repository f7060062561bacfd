"""The ways our own operations can be refused, each with a sentence in plain Chinese that can be read aloud."""

from collections.abc import Mapping

from cms.errors import ContentError


class Refused(ContentError):
    """Something cannot be done; ``code`` names the reason for programs, the message tells a person how to mend it.

    ``fields`` says it again field by field, where a form is to show it.
    """

    def __init__(self, code: str, message: str, *, fields: Mapping[str, str] | None = None):
        self.code = code
        self.fields = dict(fields or {})
        super().__init__(message)

    @property
    def lines(self) -> list[str]:
        """The message as a form lists it: one thing that stands in the way on each line."""
        return [str(self)]


class NotAllowed(Refused):
    """Somebody lacks the right, or the thing lies outside their branch."""

    def __init__(self, message: str = "您现在的身份不能做这件事。"):
        super().__init__("not-allowed", message)


class SamePerson(Refused):
    """A correction would make one learner of two; ``other_id`` is the other one, None when it is out of sight."""

    def __init__(self, message: str, *, other_id: int | None):
        self.other_id = other_id
        super().__init__("same-person", message)
