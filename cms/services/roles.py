"""The three groups of the staff area, and what each may do with pages.

Their other rights, and the workflow between them, are made by a migration (docs/decisions/0014).
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page

from cms.models import FixedPage, HomePage

DESIGNERS, REVIEWERS, MANAGERS = "课程设计者", "审核者", "市级管理员"
# Everybody who writes has this right; those on pages hang on one page each and cannot be asked for in general.
MAY_WRITE = "cms.change_sharedstep"
# A right on a page holds for every page below it.
WRITE = ("add", "change")
PUBLISH = ("change", "publish", "lock", "unlock")
EVERYTHING = ("add", *PUBLISH, "bulk_delete")


def ensure_roles() -> None:
    """Give each group its rights on pages: designers write drafts, the others publish on the whole site.

    Running it again changes nothing.
    """
    home = HomePage.the_one()
    _allow(REVIEWERS, home, PUBLISH)
    _allow(MANAGERS, home, EVERYTHING)
    for page in _designers_places():
        _allow(DESIGNERS, page, WRITE)


def _designers_places() -> Iterator[Page]:
    for model in apps.get_models():
        if issubclass(model, FixedPage) and model.designers_write_below:
            yield from model.objects.all()


def _allow(group_name: str, page: Page, verbs: tuple[str, ...]) -> None:
    group = Group.objects.get(name=group_name)
    given = GroupPagePermission.objects.filter(group=group, page=page)
    there = set(given.values_list("permission__codename", flat=True))
    for verb in verbs:
        if f"{verb}_page" not in there:
            GroupPagePermission.objects.create(group=group, page=page, permission_type=verb)
