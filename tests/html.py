"""Reading the HTML of an answer in tests."""

import warnings

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning


class Html:
    """An answer's document, asked with CSS selectors."""

    def __init__(self, content: bytes | str):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            self.soup = BeautifulSoup(content, "html.parser")

    def all(self, selector: str) -> list[Tag]:
        return self.soup.select(selector)

    def one(self, selector: str) -> Tag:
        """Return the only element there is. Fails when there is none or more than one."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} × {selector}"
        return found[0]


def parsed(response) -> Html:
    """Return the document of an answer."""
    return Html(response.content)


def text_of(response) -> str:
    """Return an answer's text. Fails unless it is a page."""
    assert response.status_code == 200, response.status_code
    return response.content.decode()
