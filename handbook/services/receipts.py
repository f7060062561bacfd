"""我读过了: a volunteer says so once for each edition."""

from typing import Any

from handbook.models import Acknowledgement, Edition


def acknowledge(*, edition: Edition, user: Any) -> Acknowledgement:
    """Put down that ``user`` has read the edition; the second time gives back the first receipt."""
    receipt, _ = Acknowledgement.objects.get_or_create(edition=edition, user=user)
    return receipt
