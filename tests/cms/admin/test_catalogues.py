"""Wagtail's whole vocabulary has Chinese words, in Python and in scripts."""

import gettext
import re
from pathlib import Path

import django
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as gettext_of
from django.utils.translation.trans_real import DjangoTranslation

from tests.po import entries

OURS = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
WAGTAIL = Path(wagtail.__file__).parent
DOMAINS = ["django", "djangojs"]
PARTS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]*>|&\w+;")
LATIN = re.compile("[A-Za-z]{2}")
CHINESE = re.compile(r"[一-鿿]")


def compiled(domain):
    with (OURS / f"{domain}.mo").open("rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def vocabulary(domain):
    """Everything the installed parts of Wagtail can say, with the file it is listed in."""
    for app in apps.get_app_configs():
        path = Path(app.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if app.name.startswith(("wagtail", "taggit")) and path.exists():
            yield from ((entry, app.name) for entry in entries(path))


def djangos(domain):
    """What Django itself says; the catalogue says a few of its sentences better."""
    places = [Path(django.__file__).parent / "conf", Path(django.__file__).parent / "contrib" / "auth"]
    paths = [place / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for place in places]
    return {entry.key for path in paths if path.exists() for entry in entries(path)}


def translation(domain):
    if domain == "django":
        return DjangoTranslation("zh-hans")
    return DjangoTranslation("zh-hans", domain=domain, localedirs=[WAGTAIL / "admin" / "locale"])


def said(translation, entry):
    if "msgid_plural" in entry:
        return translation.ngettext(entry["msgid"], entry["msgid_plural"], 2)
    if "msgctxt" in entry:
        return translation.pgettext(entry["msgctxt"], entry["msgid"])
    return translation.gettext(entry["msgid"])


@pytest.mark.parametrize("domain", DOMAINS)
def test_everything_wagtail_says_has_chinese_words(domain):
    chinese = translation(domain)
    english = [
        f"{app}: {entry['msgid']}"
        for entry, app in vocabulary(domain)
        if LATIN.search(PARTS.sub("", said(chinese, entry))) and not CHINESE.search(said(chinese, entry))
    ]
    assert english == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_translated_that_nobody_says_any_more(domain):
    known = {entry.key for entry, _ in vocabulary(domain)} | djangos(domain)
    assert [entry["msgid"] for entry in entries(OURS / f"{domain}.po") if entry.key not in known] == []


@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("Enter a valid URL.", "链接不对。要用 https:// 开头，整个粘进来。"),
        ("This password is entirely numeric.", "密码不能全是数字，加几个字。"),
    ],
)
def test_what_django_says_is_said_so_that_one_can_mend_it(english, words):
    assert gettext_of(english) == words


@pytest.mark.parametrize("domain", DOMAINS)
def test_compiled_catalogue_says_what_the_written_one_says(domain):
    written = {entry.key: entry["msgstr"] for entry in entries(OURS / f"{domain}.po")}
    assert len(written) > 50
    assert compiled(domain) == written


@pytest.mark.parametrize("domain", DOMAINS)
def test_translation_puts_in_only_what_there_is(domain):
    for entry in entries(OURS / f"{domain}.po"):
        given = set(PARTS.findall(entry["msgid"] + entry.get("msgid_plural", "")))
        used = {part for part in PARTS.findall(entry["msgstr"]) if part[0] in "%{"}
        assert used <= given, entry["msgid"]


def test_every_word_of_the_bundled_scripts_is_in_the_catalogue():
    chinese = translation("djangojs")
    # In the packed scripts gettext is called AP.
    words: set[str] = set()
    for script in (WAGTAIL / "admin" / "static" / "wagtailadmin" / "js").glob("*.js"):
        words |= set(re.findall(r'\.AP\)\("((?:[^"\\]|\\.)+)"\)', script.read_text("utf-8")))
    assert len(words) > 40
    assert sorted(word for word in words if chinese.gettext(word) == word) == []


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("header.html", 'value="Search"', 'value="搜索"'),
        ("headers/_actions.html", '"Actions"', '"操作"'),
        ("user_avatar.html", "{{ user }}", '{{ user|default:"系统" }}'),
    ],
)
def test_copied_template_differs_in_one_word_only(name, english, chinese):
    place = Path("templates/wagtailadmin/shared") / name
    original = (WAGTAIL / "admin" / place).read_text("utf-8")
    assert (Path(apps.get_app_config("cms").path) / place).read_text("utf-8") == original.replace(
        english, chinese
    )
