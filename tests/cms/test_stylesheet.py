"""One style sheet out of many files, joined in one order, squeezed without losing its meaning."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from cms import stylesheet


def order() -> list[str]:
    return (stylesheet.PARTS / "order.txt").read_text(encoding="utf-8").split()


def test_every_part_is_listed_once():
    assert sorted(order()) == sorted(path.name for path in stylesheet.PARTS.glob("*.css"))


def test_tokens_come_first_and_print_last():
    assert order()[0] == "tokens.css"
    assert order()[-1] == "print.css"


def test_parts_are_joined_in_the_listed_order(tmp_path, monkeypatch):
    for name, colour in (("b.css", "red"), ("a.css", "blue")):
        (tmp_path / name).write_text(f"p {{ color: {colour}; }}\n", encoding="utf-8")
    (tmp_path / "order.txt").write_text("b.css\na.css\n", encoding="utf-8")
    monkeypatch.setattr(stylesheet, "PARTS", tmp_path)
    assert stylesheet.joined() == "p{color:red}p{color:blue}\n"


@pytest.mark.parametrize(
    ("css", "squeezed"),
    [
        ("a { b: c; }\n/* words; { } */\nd , e { f: g }", "a{b:c}d,e{f:g}"),
        ("a{width:calc(100% - 2px + 1em)}", "a{width:calc(100% - 2px + 1em)}"),
        ("a{margin:-1px auto}", "a{margin:-1px auto}"),
        ("a :hover{b:c}a:hover{b:c}", "a :hover{b:c}a:hover{b:c}"),
        ("a > b + c ~ d{e:f}", "a > b + c ~ d{e:f}"),
        (
            "@media (min-width: 60em) and (max-width: 80em) { a { b: c } }",
            "@media (min-width:60em) and (max-width:80em){a{b:c}}",
        ),
        ('a{content:"、 ; }  {"}', 'a{content:"、 ; }  {"}'),
        ("a{content:'/* no comment */'}", "a{content:'/* no comment */'}"),
        (
            "a{background:url(data:image/svg+xml;base64,AA, BB)}",
            "a{background:url(data:image/svg+xml;base64,AA, BB)}",
        ),
        ('a{content:"\\"; x"}', 'a{content:"\\"; x"}'),
        ("a{--x: ;b:c}", "a{--x:;b:c}"),
    ],
)
def test_squeezing_keeps_the_meaning(css, squeezed):
    assert stylesheet.squeeze(css) == squeezed + "\n"


def test_squeezing_twice_changes_nothing():
    once = stylesheet.joined()
    assert stylesheet.squeeze(once) == once


def test_whole_sheet_is_balanced_and_from_us_alone():
    css = stylesheet.joined()
    assert css.count("{") == css.count("}") > 100
    assert "/*" not in css
    assert "http" not in css.replace("http://www.w3.org/2000/svg", "").replace(
        "http%3A//www.w3.org/2000/svg", ""
    )
    assert "@import" not in css


def test_server_finds_it_and_nothing_else_there(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    finder = stylesheet.StylesheetFinder()
    found = finder.find(stylesheet.NAME)
    assert Path(found).read_text(encoding="utf-8") == stylesheet.joined()
    assert finder.find(stylesheet.NAME, find_all=True) == [found]
    assert finder.find("cms/other.css") == []


def test_changed_part_is_written_anew(tmp_path, settings, monkeypatch):
    settings.VAR_DIR = tmp_path
    finder = stylesheet.StylesheetFinder()
    first = finder.find(stylesheet.NAME)
    monkeypatch.setattr(stylesheet, "joined", lambda: "p{color:red}\n")
    assert Path(finder.find(stylesheet.NAME)).read_text(encoding="utf-8") == "p{color:red}\n"
    assert finder.find(stylesheet.NAME) == first


def test_it_is_among_what_is_collected(tmp_path, settings):
    listed = [
        name for finder in finders.get_finders() for name, _ in finder.list([]) if name == stylesheet.NAME
    ]
    assert listed == [stylesheet.NAME]
    settings.STATIC_ROOT = tmp_path
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["wagtail*", "admin*", "django*"]
    )
    assert (tmp_path / stylesheet.NAME).read_text(encoding="utf-8") == stylesheet.joined()
    assert (tmp_path / "cms/js/site.js").exists()


@pytest.mark.django_db
def test_pages_ask_for_it(client):
    assert b'href="/static/cms/site.css"' in client.get("/").content
