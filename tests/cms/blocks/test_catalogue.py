"""Every block explains itself to the person who picks it."""

from io import StringIO

import pytest
from django.core.management import call_command

from cms.blocks.catalogue import PLACES, all_blocks, catalogue
from cms.management.commands import block_catalogue
from tests.architecture.sources import ROOT

BLOCKS = all_blocks()
PICKED = [child for place in PLACES.values() for child in place().child_blocks.values()]


def label(block) -> str:
    return block.label


def test_catalogue_on_disk_is_what_the_blocks_say():
    assert (ROOT / block_catalogue.PAGE).read_text(encoding="utf-8") == catalogue()


def test_command_writes_it(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / block_catalogue.PAGE).parent.mkdir(parents=True)
    out = StringIO()
    call_command("block_catalogue", stdout=out)
    assert (tmp_path / block_catalogue.PAGE).read_text(encoding="utf-8") == catalogue()
    assert "内容块.md" in out.getvalue()


@pytest.mark.parametrize("block", BLOCKS, ids=label)
def test_block_stands_in_the_catalogue(block):
    assert f"\n## {block.label}\n\n{block.meta.description}\n" in catalogue()


@pytest.mark.parametrize("block", [*BLOCKS, *PICKED], ids=label)
def test_block_says_what_it_is_for_in_chinese(block):
    assert any("一" <= character <= "鿿" for character in block.label)
    assert len(str(block.meta.description)) >= 5
    assert block.meta.icon not in {"", "placeholder"}


@pytest.mark.django_db
@pytest.mark.parametrize("block", PICKED, ids=label)
def test_block_shows_an_example_that_could_be_real(block):
    value = block.get_preview_value()
    assert block.is_previewable
    html = block.render(value)
    assert any("一" <= character <= "鿿" for character in html)
    if label(block) != "共用步骤":
        block.clean(block.to_python(block.get_prep_value(value)))


@pytest.mark.parametrize("place", PLACES.values())
def test_each_place_knows_its_template(place):
    assert all(child.meta.template for child in place().child_blocks.values())
