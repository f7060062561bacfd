"""Sections of a page that show the beginning of a list and lead to the rest."""

from cms.hooks import Section


def beginning(
    things, *, most: int, heading: str, template: str, name: str, all_url: str, all_words: str
) -> Section | None:
    """Return a section with the first ``most`` of a QuerySet; None when there is nothing in it.

    ``template`` is given them as ``name``. Where there are more, the section leads to ``all_url``; ``all_words``
    says so, with {number} for how many there are.
    """
    first = list(things[:most])
    if not first:
        return None
    number = things.count()
    section = Section(heading, template, {name: first})
    if number <= most:
        return section
    return Section(heading, template, {name: first}, all_url, all_words.format(number=number))
