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
