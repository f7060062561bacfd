"""What tests of somebody's own pages share."""

from bs4 import BeautifulSoup

from courses.models import Enrolment

MINE = "/enrolments/mine/"


def tail(enrolment) -> str:
    """The last four digits of the learner's telephone."""
    return enrolment.learner.masked_phone[-4:]


def looks_up(client, enrolment, proof: str = ""):
    """Let a browser find an enrolment by its voucher."""
    answer = client.post("/enrolments/", {"voucher": enrolment.voucher, "proof": proof or tail(enrolment)})
    assert (answer.status_code, answer.url) == (303, MINE)
    return client


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def main(response) -> str:
    """What stands on the page, in one line."""
    return " ".join(soup(response).main.get_text(" ").split())


def ways(response) -> set[str]:
    """What one can tap: the words of every button and link in the page's main part."""
    return {" ".join(each.get_text(" ").split()) for each in soup(response).main.select("a, button")}


def taps(client, what: str):
    """Tap a button of the page, and see what comes of it."""
    return client.post(f"{MINE}{what}/", follow=True)


def state(row: Enrolment) -> str:
    return Enrolment.objects.get(pk=row.pk).state
