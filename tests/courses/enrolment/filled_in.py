"""The public form as somebody fills it in, and what they read then."""

from tests.html import parsed

SAID = {
    "name": "王秀兰",
    "phone": "138 0000 0001",
    "birth_year": "1950",
    "filled_by": "self",
    "consent": "on",
    "token": "a-form",
}
HELPED = {"filled_by": "helper", "contact_name": "女儿李芳", "contact_phone": "139 0000 0009"}


def address(run) -> str:
    return f"/classes/{run.code}/enrol/"


def send(client, run, **said):
    return client.post(address(run), SAID | said)


def text_of(response) -> str:
    return parsed(response).one("main").get_text(" ", strip=True)
