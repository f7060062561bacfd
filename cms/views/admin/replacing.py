"""改名: look first, then replace what is ticked."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin.auth import permission_required

from cms.services.replacing import (
    AT_ONCE,
    Renaming,
    Scope,
    TooManyPages,
    find,
    places,
    renaming_refusals,
    replace,
)
from cms.services.roles import MAY_WRITE
from cms.views.admin.addresses import edit_address
from cms.views.admin.frame import page_furniture

ALSO = [("screens", "画的屏幕里的字"), ("notes", "教学提示（只给老师看）")]


class ReplacingForm(forms.Form):
    """What to look for, what to put there, and where."""

    what = forms.CharField(label="找什么", max_length=40, help_text="原来的字，一个不差。比如：扫一扫。")
    into = forms.CharField(label="换成什么", max_length=40)
    where = forms.MultipleChoiceField(
        label="在哪里找",
        choices=lambda: [(name, label) for name, label, _ in places()],
        widget=forms.CheckboxSelectMultiple,
    )
    also = forms.MultipleChoiceField(
        label="这些字也换", choices=ALSO, widget=forms.CheckboxSelectMultiple, required=False
    )

    def clean(self):
        cleaned = super().clean()
        if "what" in cleaned and "into" in cleaned:
            for field, message in renaming_refusals(cleaned["what"], cleaned["into"]).items():
                self.add_error(field, message)
        return cleaned

    @property
    def asked(self) -> dict:
        """Return what a valid form asks the service for."""
        words = self.cleaned_data
        return {
            "renaming": Renaming(words["what"], words["into"]),
            "where": words["where"],
            "scope": Scope(screens="screens" in words["also"], notes="notes" in words["also"]),
        }


@permission_required(MAY_WRITE)
def replacing(request):
    """Show the form, then every hit (GET); replace them in what is ticked (POST)."""
    form = _form(request)
    asked = form.asked if form.is_bound and form.is_valid() else None
    if request.method == "POST" and asked:
        _replace(request, asked)
        return redirect(f"{reverse('replacing')}?{request.GET.urlencode()}")
    found = find(by=request.user, **asked) if asked else []
    ready = [each for each in found if not each.refusal]
    context = {
        **page_furniture("改名（查找替换）", "edit"),
        "form": form,
        "looked": asked is not None,
        "ready": [(each, edit_address(each.content)) for each in ready],
        "at_once": AT_ONCE,
        "refused": [(each, edit_address(each.content)) for each in found if each.refusal],
        "hits": sum(len(each.hits) + len(each.only_live) for each in found),
    }
    return render(request, "cms/admin/replacing/replacing.html", context)


def _form(request) -> ReplacingForm:
    """Return the form as the address says: a look can be bookmarked, and repeated after replacing."""
    if "what" in request.GET:
        return ReplacingForm(request.GET)
    everywhere = [name for name, _, _ in places()]
    return ReplacingForm(initial={"where": everywhere, "also": [name for name, _ in ALSO]})


def _replace(request, asked: dict) -> None:
    try:
        changed = replace(keys=request.POST.getlist("key"), by=request.user, **asked)
    except TooManyPages as problem:
        messages.error(request, str(problem))
    else:
        _tell(request, changed)


def _tell(request, changed: list) -> None:
    done = [each for each in changed if not each.refusal]
    published = sum(each.published for each in done)
    if done:
        drafts = len(done) - published
        parts = [f"{published} 页已经上线"] * bool(published) + [f"{drafts} 页存成草稿"] * bool(drafts)
        messages.success(request, f"换好了：{'，'.join(parts)}。")
    for each in changed:
        if each.refusal:
            messages.error(request, f"“{each.page.title}”没有换：{each.refusal}")
    if not changed:
        messages.warning(request, "一页也没有选，什么都没有换。")
