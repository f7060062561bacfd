"""Around the log-in page: locked out for a while, and the second factor."""

import math

import django_otp
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cms.forms import CodeForm
from cms.services import second_factor
from cms.services.log_ins import locked_until
from cms.services.qr import qr_svg

WRONG = "不对。看手机上现在的 6 个数字，再填一次。"
TOO_OLD = "这一页放得太久了。请用下面新的图，再扫一次。"


def locked_out(request, response, credentials):
    """In place of the log-in page, when this name was tried too often from this address."""
    until = locked_until(request, credentials)
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    context = {"until": until, "minutes": math.ceil(seconds / 60)}
    answer = render(request, "cms/admin/log_in/locked_out.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@sensitive_post_parameters("code")
def ask(request):
    """Ask for the code after the password; lead those whose telephone is not known yet to setting it up."""
    onward = _onward(request)
    if request.user.is_verified():
        return redirect(onward)
    if not second_factor.is_set_up(request.user):
        return redirect("second_factor_setup")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        answer = second_factor.check(user=request.user, code=form.cleaned_data["code"])
        if answer.device:
            return _let_in(request, answer.device, onward)
        form.add_error("code", f"错了几次。请等 {_in_words(answer.wait)}，再填。" if answer.wait else WRONG)
    status = 422 if form.errors else 200
    return render(
        request, "cms/admin/log_in/second_factor.html", {"form": form, "next": onward}, status=status
    )


@never_cache
@sensitive_post_parameters("code", "key")
def set_up(request):
    """Show a new key, take one code as a proof, then show the recovery codes: this once."""
    user = request.user
    if second_factor.is_set_up(user):
        return redirect("wagtailadmin_home" if user.is_verified() else "second_factor")
    form = CodeForm(request.POST or None)
    device = second_factor.device_of(request.POST.get("key", ""), user)
    if form.is_valid() and device:
        if codes := second_factor.set_up(user=user, device=device, code=form.cleaned_data["code"]):
            return _shown_once(request, codes)
        form.add_error("code", WRONG)
    elif form.is_bound and device is None:
        form.add_error(None, TOO_OLD)
    signed = request.POST["key"] if device else second_factor.new_key(user)
    device = device or second_factor.device_of(signed, user)
    context = {
        "form": form,
        "key": signed,
        "letters": second_factor.in_groups_of_four(device),
        "qr": qr_svg(device.config_url, title="用手机上的验证器扫这张图"),
    }
    return render(
        request, "cms/admin/log_in/second_factor_setup.html", context, status=422 if form.errors else 200
    )


def _shown_once(request, codes: list[str]):
    """Let in, under a new session number, and answer with the codes: they are kept nowhere but on this page."""
    _prove(request, second_factor.telephone_of(request.user))
    context = {"codes": [f"{code[:5]} {code[5:]}" for code in codes], "now": timezone.localtime()}
    return render(request, "cms/admin/log_in/recovery_codes.html", context)


def _let_in(request, device, onward: str):
    _prove(request, device)
    if not second_factor.is_telephone(device):
        left = second_factor.recovery_codes_left(request.user)
        messages.warning(
            request, f"您用掉了一个备用码，还剩 {left} 个。手机丢了，请找管理员取消动态码，再重新设。"
        )
    return redirect(onward)


def _prove(request, device) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()


def _onward(request) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else "/admin/"


def _in_words(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 60 else f"{math.ceil(seconds / 60)} 分钟"
