"""Sections of a page that show the beginning of a list and lead to the rest."""

from cms.hooks import Section


def beginning(
    things, *, most: int, heading: str, template: str, name: str, all_url: str, all_words: str
) -> Section | None:
    """Return a section with the first ``most`` of a QuerySet; None when there is nothing in it.

    ``template`` is given them as ``name``. Where there are more, the section leads to ``all_url``; ``all_words``
    says so; {number} in it is how many there are.
    """
    first = list(things[: most + 1])
    if not first:
        return None
    # Counting is a question of its own: only for words that tell the number, then also for few things.
    number = things.count() if "{number}" in all_words else len(first)
    shown = {name: first[:most]}
    if number <= most:
        return Section(heading, template, shown)
    return Section(heading, template, shown, all_url, all_words.format(number=number))
