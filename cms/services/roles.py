"""What the groups of the staff area may do beside what Wagtail gives them."""

from django.contrib.auth.models import Group, Permission

EDITORS, REVIEWERS = "Editors", "Moderators"
# Wagtail gives editors drafts only; publishing is for those who review.
SHARED_STEP_VERBS = {EDITORS: ["add", "change"], REVIEWERS: ["add", "change", "publish", "delete"]}


def ensure_roles() -> None:
    """Let Wagtail's own two groups work on shared steps as well as on pages. Running it again changes nothing."""
    allowed = Permission.objects.filter(content_type__app_label="cms", content_type__model="sharedstep")
    for name, verbs in SHARED_STEP_VERBS.items():
        codenames = [f"{verb}_sharedstep" for verb in verbs]
        Group.objects.get(name=name).permissions.add(*allowed.filter(codename__in=codenames))
