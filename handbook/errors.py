"""The ways an edition can be refused, each with a message in plain Chinese."""

from cms.errors import ContentError


class EditionRefused(ContentError):
    """The book cannot be given out as an edition as it stands now."""


class EditionIsFrozen(ContentError):
    """An edition that was given out was about to be changed."""

    def __init__(self, name: str):
        super().__init__(f"“{name}”已经定下来了，不能再改。要改内容，改现在的手册，再发一版。")
