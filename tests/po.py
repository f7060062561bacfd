"""Reading the catalogues translators write."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[0\])? (".*")$')


class Entry(dict):
    """One entry: msgid, msgstr and, where it has them, msgctxt and msgid_plural."""

    @property
    def key(self):
        """What the compiled catalogue files the entry under."""
        name = f"{self['msgctxt']}\x04{self['msgid']}" if "msgctxt" in self else self["msgid"]
        return (name, 0) if "msgid_plural" in self else name


def entries(path: Path) -> Iterator[Entry]:
    """Return a catalogue's entries, its head left out."""
    for paragraph in re.split(r"\n\s*\n", path.read_text("utf-8")):
        entry, field = Entry(), ""
        for line in paragraph.splitlines():
            if found := LINE.match(line):
                field = found[1]
                entry[field] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                entry[field] += ast.literal_eval(line)
        if entry.get("msgid"):
            yield entry
