"""The designers' guide is up to date with the register."""

from cms.screens import WIDGETS
from cms.screens.catalogue import GUIDE, MARKER, catalogue, guide, pictures

AGAIN = "运行 python -m cms.screens.catalogue"


def test_the_catalogue_in_the_guide_is_the_one_we_would_write():
    written = GUIDE.read_text("utf-8")
    assert MARKER in written
    assert guide(written) == written, AGAIN


def test_every_picture_is_there_and_none_is_left_over():
    folder = GUIDE.parent / "screens"
    assert {path.name: path.read_text("utf-8").rstrip("\n") for path in folder.glob("*.svg")} == pictures(), (
        AGAIN
    )


def test_every_widget_has_its_entry_and_its_picture():
    text = catalogue()
    for widget in WIDGETS.values():
        assert f"### {widget.name}\n\n{widget.summary}" in text
        assert f"screens/{widget.__name__.lower()}.svg" in text
