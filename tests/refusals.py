"""Expecting a service to say no."""

import pytest

from courses.errors import Refused


def refusal(code: str):
    """Expect a refusal with this code: ``with refusal("clash"): …``."""
    return pytest.raises(Refused, check=lambda refused: refused.code == code)
