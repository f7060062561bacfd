"""What git keeps stands on its own: it names no place of this machine and no package index."""

import re

import pytest

from tests.architecture.sources import ROOT, files, kept_files, shown

# Written in pieces, so that this file does not find itself.
FORBIDDEN = ["/" + "work/", "py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org"]
TEXT = {
    ".py",
    ".md",
    ".txt",
    ".in",
    ".toml",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".sh",
    ".conf",
    "",
}


@pytest.mark.parametrize("word", FORBIDDEN)
def test_nothing_names(word):
    texts = [path for path in kept_files() if path.suffix in TEXT]
    assert len(texts) > 100
    assert [shown(path) for path in texts if word in path.read_text(encoding="utf-8")] == []


def test_templates_and_styles_take_nothing_from_other_servers():
    foreign = re.compile(r"""(?:src|href|url|@import)\s*[=(]?\s*["']?(?:https?:)?//""")
    pages = files("templates/**/*.html") + files("static/**/*.css") + files("static/**/*.js")
    assert pages
    assert [shown(path) for path in pages if foreign.search(path.read_text(encoding="utf-8"))] == []


def test_templates_keep_to_the_content_policy():
    """No inline style, script or handler: the policy would drop them silently."""
    inline = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|<style\b|<script(?![^>]*\bsrc=)""")
    pages = [path for path in files("templates/**/*.html") if "wagtailadmin" not in path.parts]
    assert [shown(path) for path in pages if inline.search(path.read_text(encoding="utf-8"))] == []


def test_the_uploads_folder_is_kept_empty():
    assert [shown(path) for path in kept_files() if path.is_relative_to(ROOT / "media")] == [
        "media/.gitignore"
    ]


def test_locked_requirements_have_hashes_and_name_no_index():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9].*==.*$", text, flags=re.MULTILINE)
        assert pins
        assert all(pin.endswith("\\") for pin in pins)
        assert not re.search(r"^--(?!hash)|https?:|file:", text, flags=re.MULTILINE)
