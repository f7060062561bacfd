"""班级: the desk's first page, and changing the identity one works under."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from courses.desk.base import DESK, DeskPage
from courses.desk.menu import items_for
from courses.models import Membership, TeachingPerson
from courses.services.identities import switch_identity


class StartPage(DeskPage):
    """What one can do here, a sentence each."""

    page_title = DESK
    template_name = "courses/desk/start.html"

    def get_breadcrumbs_items(self):
        return super().get_breadcrumbs_items()[:1]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "items": items_for(self.request.user),
            "has_record": TeachingPerson.objects.filter(user=self.by).exists(),
        }


class IdentitiesPage(DeskPage):
    """The identities one has; a POST changes to another."""

    page_title = "换身份"
    template_name = "courses/desk/identities.html"

    def mine(self):
        current = Membership.objects.of(self.request.user).current(on=timezone.localdate())
        return current.select_related("organisation")

    def post(self, request, *args, **kwargs):
        asked = request.POST.get("membership", "")
        chosen = next((each for each in self.mine() if str(each.pk) == asked), None)
        if chosen is None:
            messages.error(request, "这个身份不是您的，或者已经到期了。")
            return redirect("desk:identities")
        switch_identity(user=request.user, membership=chosen)
        messages.success(request, f"您现在是：{chosen}。")
        return redirect("desk:index")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"memberships": self.mine()}
