"""What a browser prints: big words, big screens, nothing to press."""

import pytest

FACTS = """() => {
  const shown = [...document.querySelectorAll("body *")].filter(one => one.getClientRects().length);
  const worded = shown.filter(one => [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim()));
  const millimetres = one => one.getBoundingClientRect().width / 96 * 25.4;
  return {
    points: Math.min(...worded.map(one => parseFloat(getComputedStyle(one).fontSize) * 0.75)),
    buttons: shown.filter(one => one.matches("button, nav a, .button")).map(one => one.textContent.trim()),
    screens: shown.filter(one => one.matches(".screen")).map(millimetres),
    whole: shown.filter(one => one.matches(".step")).every(one => getComputedStyle(one).breakInside === "avoid"),
    paper: getComputedStyle(document.body).backgroundColor,
  };
}"""
# 210 mm less two margins of 12.
A4 = 703


@pytest.fixture
def printed(browser_page, site):
    def facts(address: str, display: str = "standard.standard.") -> dict:
        page = browser_page(width=A4)
        page.context.add_cookies([{"name": "display", "value": display, "url": site}])
        page.goto(address)
        page.emulate_media(media="print")
        return page.evaluate(FACTS) | {"words": page.locator("main").inner_text()}

    return facts


@pytest.mark.parametrize("address", ["/l/SCAN-5/", "/l/H-4/"])
def test_steps_are_printed_large_and_whole(printed, address):
    facts = printed(address)
    assert facts["points"] >= 14
    assert facts["screens"]
    assert min(facts["screens"]) >= 79
    assert facts["whole"]
    assert facts["buttons"] == []
    assert facts["paper"] == "rgb(255, 255, 255)"
    assert f"短地址：testserver{address}" in facts["words"]


def test_a_reader_with_small_or_large_words_gets_the_same_paper(printed):
    assert printed("/l/SCAN-2/", "extra.high.")["points"] == printed("/l/SCAN-2/")["points"]


def test_a_list_is_printed_without_its_ways_on(printed):
    facts = printed("/scenarios/scan-code/")
    assert facts["points"] >= 14
    assert "微信扫一扫" in facts["words"]
    assert facts["buttons"] == []
