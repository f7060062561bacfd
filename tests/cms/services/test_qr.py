"""QR codes in the page itself."""

from cms.services.qr import QUIET, qr_svg
from tests.html import Html


def test_it_is_heard_and_has_white_around_it():
    drawn = Html(qr_svg("https://example.org/", title="扫一扫")).one("svg")
    assert (drawn["role"], drawn.select_one("title").text) == ("img", "扫一扫")
    width = int(drawn["width"])
    assert width % 5 == 0
    assert drawn.select("path")[0]["fill"] == "#fff"
    assert QUIET == 4


def test_a_title_is_no_markup():
    assert "<b>" not in qr_svg("x", title="<b>扫</b>")


def test_without_a_scale_the_style_sheet_sizes_it():
    drawn = Html(qr_svg("x", title="扫一扫", scale=None, error="q")).one("svg")
    assert not drawn.has_attr("width")
    assert drawn["viewbox"] == "0 0 29 29"
