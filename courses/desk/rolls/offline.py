"""离线点名: a page that opens without a network, names that stay on the device, marks that are sent later."""

import hashlib
import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from courses.desk.base import DeskAction, DeskPage
from courses.desk.classes.sessions import when_of
from courses.desk.rolls.roll import RollMixin
from courses.enums import AttendanceState, Right
from courses.errors import Refused
from courses.forms.offline_roll import UNREADABLE, read_sent
from courses.models import Attendance
from courses.rules.roll_call import DOORS_OPEN
from courses.services.roll_call.preparing import forgotten_at, prepare_off_line
from courses.services.roll_call.roll import RollLine, who_put_down
from courses.services.roll_call.uploading import Answer, upload

TEMPLATE = "courses/desk/rolls/offline.html"
SHEETS = ("cms/site.css", "courses/desk/offline.css", "courses/desk/offline_list.css")
SCRIPTS = tuple(f"courses/desk/offline/{name}.js" for name in ("store", "talk", "sync", "list", "page"))
WORKER = "courses/desk/offline/worker.js"


def shell() -> dict[str, Any]:
    """Return what the page is made of; the same for everybody, so that a device may keep it."""
    return {
        "page_title": "离线点名",
        "sheets": [static(name) for name in SHEETS],
        "scripts": [static(name) for name in SCRIPTS],
        "states": [state for state in AttendanceState if state != AttendanceState.STRUCK],
    }


class OffLinePage(DeskPage):
    """The page itself. It names nobody, neither learners nor who is logged in."""

    right = Right.CALL_ROLL
    page_title = "离线点名"
    template_name = TEMPLATE

    def get_context_data(self, **kwargs):
        return shell()


class OffLineWorker(DeskPage):
    """The service worker of that page and of nothing else; another text whenever the page changes."""

    right = Right.CALL_ROLL
    page_title = "离线点名的程序"

    def get(self, request, *args, **kwargs):
        made = shell()
        files = [*made["sheets"], *made["scripts"]]
        version = hashlib.sha256(render_to_string(TEMPLATE, made).encode()).hexdigest()[:12]
        kept = {"version": version, "page": reverse("desk:offline_rolls"), "files": files}
        script = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static(WORKER))});\n"
        return HttpResponse(script, content_type="text/javascript; charset=utf-8")


class OffLineToken(DeskPage):
    """What the kept page needs for sending, fetched anew each time; nothing of it is kept."""

    page_title = "离线点名要同步"

    def get(self, request, *args, **kwargs):
        may = self.may(Right.CALL_ROLL)
        return JsonResponse({"token": get_token(request), "who": self.by.pk, "may": may})


class PrepareOffLine(RollMixin, DeskAction):
    """准备离线点名: the names of one session, for the device to keep until midnight."""

    page_title = "准备离线点名"

    def post(self, request, *args, **kwargs):
        try:
            lines = prepare_off_line(session=self.session, by=self.by, now=timezone.now())
        except Refused as refusal:
            return _refused(refusal)
        session = self.session
        return JsonResponse(
            {
                "id": session.pk,
                "who": self.by.pk,
                "title": session.run.title,
                "when": when_of(session),
                "opens_at": (session.starts_at - DOORS_OPEN).isoformat(),
                "minutes": session.minutes,
                "forgotten_at": forgotten_at(session).isoformat(),
                "people": [_person(line) for line in lines],
            }
        )


class UploadMarks(RollMixin, DeskAction):
    """同步: what was put down without a network, as JSON; the answer says of each mark what became of it."""

    page_title = "同步离线点名"

    def post(self, request, *args, **kwargs):
        try:
            sent = read_sent(request.body)
        except Refused as refusal:
            return _refused(refusal, status=400)
        if sent.who != self.by.pk:
            words = "这些是另一个账号点的。请那个人登录以后，再同步。"
            return _refused(Refused("other-person", words), status=409)
        try:
            answers = upload(session=self.session, marks=sent.marks, by=self.by, now=timezone.now())
        except Refused as refusal:
            return _refused(refusal)
        bad = [_no(key, "unreadable", UNREADABLE) for key in sent.unreadable]
        return JsonResponse({"answers": [*map(_answer, answers), *bad]})


def _refused(refusal: Refused, status: int = 422) -> JsonResponse:
    return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=status)


def _person(line: RollLine) -> dict[str, Any]:
    """Return somebody on the roll: a name and what the roll says; no number, no year, no street."""
    return {
        "id": line.learner.pk,
        "name": line.learner.name,
        "is_guest": line.is_guest,
        "is_assistance": line.is_assistance,
        **_said(line.line),
    }


def _said(line: Attendance | None) -> dict[str, Any]:
    if line is None:
        return {"line": None, "state": "", "minutes": None}
    return {"line": line.pk, "state": line.state, "minutes": line.minutes}


def _no(key: str, code: str, words: str) -> dict[str, Any]:
    return {"id": key, "result": "refused", "code": code, "message": words}


def _answer(answer: Answer) -> dict[str, Any]:
    name = answer.learner.name if answer.learner else ""
    about = {"id": str(answer.sent.client_id), "learner": answer.sent.learner_id, "name": name}
    if answer.refusal is not None:
        return about | {"result": "refused", "code": answer.refusal.code, "message": answer.refusal.message}
    if not answer.is_conflict or answer.line is None:
        return about | {"result": "done", "now": _said(answer.line)}
    return about | {"result": "conflict", "now": _said(answer.line), "message": _who_said(answer.line)}


def _who_said(line: Attendance) -> str:
    """Return what the roll says by now, who put it down and when, as a sentence."""
    said = who_put_down(line)
    return f"点名册上现在是“{said['state']}”，{said['who']} {said['at']} 记的。"
