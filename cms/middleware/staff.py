"""Who is at work: sessions that nobody uses end, and managers prove themselves twice."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cms.middleware.requests import is_admin
from cms.services import second_factor

SEEN_AT = "seen_at"
# A use is put down this often: a page does not cost a write.
NOTED_EVERY = 60
# What an open editor asks by itself every few seconds: nobody need sit before it.
ASKED_BY_ITSELF = {"wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release"}
# Open to who is logged in and has not proved it twice yet.
BEFORE_THE_SECOND_FACTOR = {
    "second_factor",
    "second_factor_setup",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}


class IdleMiddleware:
    """Ends a session that nobody used for IDLE_MINUTES. Readers have no session and meet none of this."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
            return None
        now, by_itself = int(timezone.now().timestamp()), request.resolver_match.view_name in ASKED_BY_ITSELF
        unused = now - request.session.get(SEEN_AT, now)
        if unused >= settings.IDLE_MINUTES * 60:
            if by_itself:
                # Refused, but left for the next thing a person does: that one is told why.
                raise PermissionDenied
            return self._end(request)
        if not by_itself and (unused >= NOTED_EVERY or SEEN_AT not in request.session):
            request.session[SEEN_AT] = now
        return None

    def _end(self, request):
        request.was_idle = True
        logout(request)
        if not is_admin(request) or request.resolver_match.view_name == "wagtailadmin_login":
            return None
        asked = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
        return redirect(f"{reverse('wagtailadmin_login')}?{urlencode({'idle': 1, 'next': asked})}")


class SecondFactorMiddleware:
    """Leads a manager who has only given a password to the second factor, whatever of the staff area was asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not is_admin(request) or request.resolver_match.view_name in BEFORE_THE_SECOND_FACTOR:
            return None
        if not second_factor.is_missing(request.user):
            return None
        asked = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
        return redirect(f"{reverse('second_factor')}?{urlencode({'next': asked})}")
