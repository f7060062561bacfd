"""Whose each address of the desk is: who may look, who may change, and what of a branch stands in it."""

from dataclasses import dataclass, field

from courses.enums import Duty, Right

NOBODY = None
# For everybody who has an identity.
ANYBODY = "anybody"


@dataclass(frozen=True)
class Row:
    """Who may GET and who may POST: a right, ANYBODY, or NOBODY; and what of a branch stands in the address.

    ``alone``: about nothing of a branch, or about oneself.
    """

    look: Right | str | None
    change: Right | str | None = NOBODY
    about: tuple[str, ...] = field(default=())


def look(right, *about):
    return Row(right, NOBODY, about)


def act(right, *about):
    return Row(NOBODY, right, about)


def form(right, *about):
    return Row(right, right, about)


ORGANISATION, PEOPLE, LEARNERS = Right.CHANGE_ORGANISATIONS, Right.CHANGE_PEOPLE, Right.CHANGE_LEARNERS
PLACES, ACCOUNTS, PLANNING = Right.CHANGE_PLACES, Right.MANAGE_ACCOUNTS, Right.PLAN_CLASSES
PROGRAMME = Right.CHANGE_PROGRAMME
ROWS = {
    "index": look(ANYBODY),
    "identities": form(ANYBODY),
    "me": look(ANYBODY),
    "organisations": look(Right.SEE_ORGANISATIONS),
    "organisation": look(Right.SEE_ORGANISATIONS, "school"),
    "new_organisation": form(ORGANISATION, "school"),
    "edit_organisation": form(ORGANISATION, "school"),
    "move_organisation": form(ORGANISATION, "school"),
    "close_organisation": form(ORGANISATION, "site"),
    "reopen_organisation": form(ORGANISATION, "site"),
    "organisation_external_ids": form(ORGANISATION, "school"),
    "organisation_phone": form(Right.REVEAL_PHONES, "school", "=responsible"),
    "areas": look(Right.CHANGE_AREAS),
    "new_area": form(Right.CHANGE_AREAS),
    "area_aliases": form(Right.CHANGE_AREAS, "=area"),
    "accounts": look(ACCOUNTS),
    "account": look(ACCOUNTS, "account"),
    "account_new": form(ACCOUNTS),
    "account_slip": form(ACCOUNTS, "account"),
    "account_disable": form(ACCOUNTS, "account"),
    "account_enable": form(ACCOUNTS, "account"),
    "account_second_factor": form(ACCOUNTS, "account"),
    "account_duty_new": form(ACCOUNTS, "account"),
    "account_duty_end": form(ACCOUNTS, "account", "duty"),
    "audit": look(Right.SEE_AUDIT),
    "venues": look(Right.SEE_PLACES),
    "venue": look(Right.SEE_PLACES, "venue"),
    "venue_new": form(PLACES),
    "venue_edit": form(PLACES, "venue"),
    "venue_close": form(PLACES, "venue"),
    "venue_reopen": form(PLACES, "venue"),
    "venue_sign": look(Right.SEE_PLACES, "venue"),
    "sign_renew": form(PLACES, "venue"),
    "picture_remove": form(PLACES, "venue"),
    "room_new": form(PLACES, "venue"),
    "room": look(Right.SEE_PLACES, "room"),
    "room_edit": form(PLACES, "room"),
    "room_close": form(PLACES, "room"),
    "room_reopen": form(PLACES, "room"),
    "room_sign": look(Right.SEE_PLACES, "room"),
    "closure_new": form(PLACES, "venue"),
    "closure_remove": form(PLACES, "closure"),
    "teachers": look(Right.SEE_PEOPLE),
    "volunteers": look(Right.SEE_PEOPLE),
    "new-teacher": form(PEOPLE),
    "new-volunteer": form(PEOPLE),
    "person": look(Right.SEE_PEOPLE, "person"),
    "change-person": form(PEOPLE, "person"),
    "person-leaves": form(PEOPLE, "person"),
    "person-is-back": act(PEOPLE, "person"),
    "person-phone": form(Right.REVEAL_PHONES, "person"),
    "link-account": form(PEOPLE, "person"),
    "unlink-account": act(PEOPLE, "person"),
    "give-consent": form(PEOPLE, "person"),
    "withdraw-consent": act(PEOPLE, "person"),
    "new-qualification": form(PEOPLE, "person"),
    "remove-qualification": form(PEOPLE, "person", "proof"),
    "runs": look(Right.SEE_CLASSES),
    "new_run": form(PLANNING),
    "run": look(Right.SEE_CLASSES, "run"),
    "run_poster": look(Right.SEE_CLASSES, "run"),
    "edit_run": form(PLANNING, "run"),
    "publish_run": form(PLANNING, "run"),
    "cancel_run": form(PLANNING, "run"),
    "copy_run": form(PLANNING, "run"),
    "session": look(Right.SEE_CLASSES, "session"),
    "move_session": form(PLANNING, "session"),
    "cancel_session": form(PLANNING, "session"),
    "session_not_held": form(PLANNING, "session"),
    "restore_session": form(PLANNING, "session"),
    "make_up": form(PLANNING, "session"),
    "change_teacher": form(PLANNING, "session"),
    # Teachers: of the sessions they teach; others do not exist for them.
    "roll": form(Right.CALL_ROLL, "session"),
    "undo_roll": act(Right.CALL_ROLL, "session"),
    "walk_in": form(Right.CALL_ROLL, "session"),
    "door_code": look(Right.CALL_ROLL, "session"),
    "scan_vouchers": form(Right.CALL_ROLL, "session"),
    # Where nobody joins from home there is no such screen.
    "online_roll": form(Right.CALL_ROLL, "session"),
    "meeting_list": form(Right.CALL_ROLL, "session"),
    "meeting_preview": form(Right.CALL_ROLL, "session", "=unknown"),
    "meeting_drop": act(Right.CALL_ROLL, "session", "=unknown"),
    "count_heads": form(Right.CALL_ROLL, "session"),
    "approve_heads": form(Right.LOCK_MONTHS, "session"),
    "prepare_offline": act(Right.CALL_ROLL, "session"),
    "upload_marks": act(Right.CALL_ROLL, "session"),
    "offline_rolls": look(Right.CALL_ROLL),
    "offline_worker": look(Right.CALL_ROLL),
    # Says whether one may: the page that asks was opened without a network.
    "offline_token": look(ANYBODY),
    "outcomes": form(Right.CALL_ROLL, "session"),
    "follow_ups": look(Right.SEE_LEARNERS),
    "answer_follow_up": act(Right.CALL_ROLL, "line"),
    "roll_paper": form(Right.CALL_ROLL, "session"),
    "roll_sheet": look(Right.CALL_ROLL, "session"),
    "roll_matrix": look(Right.CALL_ROLL, "run"),
    "number_cards": look(Right.CALL_ROLL, "run"),
    "roll_photos": look(Right.SEE_EVIDENCE, "session"),
    "add_roll_photos": form(Right.CALL_ROLL, "session"),
    "roll_photo": look(Right.SEE_EVIDENCE, "photo"),
    "remove_roll_photo": form(Right.CALL_ROLL, "photo"),
    "terms": look(Right.CHANGE_AREAS),
    "new_term": form(Right.CHANGE_AREAS),
    "edit_term": form(Right.CHANGE_AREAS, "=term"),
    "board": look(Right.SEE_CLASSES),
    "month": look(Right.SEE_CLASSES),
    "timetable": look(Right.SEE_CLASSES),
    "cancel_day": form(PLANNING),
    "feeds": look(Right.SEE_CLASSES),
    "new_feed": form(PLANNING),
    "feed": look(Right.SEE_CLASSES, "feed"),
    "renew_feed": form(PLANNING, "feed"),
    "revoke_feed": form(PLANNING, "feed"),
    # A file that waits is only its uploader's: its name is guessed by nobody.
    "plan_import": form(PLANNING),
    "plan_import_template": look(PLANNING),
    "plan_import_preview": form(PLANNING, "=1", "=unknown"),
    "plan_import_drop": act(PLANNING, "=1", "=unknown"),
    "learners": look(Right.SEE_LEARNERS),
    "suggest_learners": act(Right.SEE_LEARNERS),
    "new_learner": form(LEARNERS),
    "learner": look(Right.SEE_LEARNERS, "learner"),
    "edit_learner": form(LEARNERS, "learner"),
    "know_learner": act(LEARNERS, "learner"),
    "merge_learner": form(LEARNERS, "learner"),
    "merge_learners": form(LEARNERS, "learner", "twin"),
    "unmerge_learner": act(LEARNERS, "merged"),
    "erase_learner": form(LEARNERS, "learner"),
    "reveal_learner_phone": form(Right.REVEAL_PHONES, "learner"),
    "copy_learner": act(Right.REVEAL_PHONES, "learner"),
    "copy_learner_json": act(Right.REVEAL_PHONES, "learner"),
    "progress_board": look(Right.SEE_ORGANISATIONS),
    "district_board": look(Right.SEE_ORGANISATIONS, "district"),
    "branch_board": look(Right.SEE_ORGANISATIONS, "school"),
    "progress_districts": look(Right.SEE_ORGANISATIONS),
    "progress_branches": look(Right.SEE_ORGANISATIONS),
    "progress_scenarios": look(Right.SEE_ORGANISATIONS),
    "progress_outcomes": look(Right.SEE_ORGANISATIONS),
    "silent_sessions": look(Right.SEE_ORGANISATIONS),
    "doubled_sessions": look(Right.SEE_ORGANISATIONS),
    "sessions_without_teacher": look(Right.PLAN_CLASSES),
    "locked_months": look(Right.SEE_AUDIT),
    "lock_month": form(Right.LOCK_MONTHS),
    "seals": look(Right.SEE_AUDIT),
    "programmes": look(PROGRAMME),
    "new_programme": form(PROGRAMME),
    "programme": look(PROGRAMME, "=programme"),
    "edit_programme": form(PROGRAMME, "=programme"),
    "new_point": form(PROGRAMME, "=programme"),
    "edit_point": form(PROGRAMME, "=programme", "=point"),
    "remove_point": form(PROGRAMME, "=programme", "=point"),
    "edit_share": form(PROGRAMME, "=programme", "=area"),
    "new_line": form(PROGRAMME, "=programme"),
    "edit_line": form(PROGRAMME, "=programme", "=line"),
    "remove_line": form(PROGRAMME, "=programme", "=line"),
    "compare_line": look(PROGRAMME, "=programme", "=line"),
    "line_list": form(PROGRAMME, "=programme", "=line"),
    "clear_line_list": form(PROGRAMME, "=programme", "=line"),
    "line_list_preview": form(PROGRAMME, "=programme", "=line", "=unknown"),
    "drop_line_list": act(PROGRAMME, "=programme", "=line", "=unknown"),
    "messages": look(Right.SEE_LEARNERS),
    "call_list": look(Right.SEE_LEARNERS),
    "call_list_paper": act(Right.REVEAL_PHONES),
    "call_number": form(Right.REVEAL_PHONES, "message"),
    "call_made": act(Right.ENROL, "message"),
    "call_not_answered": act(Right.ENROL, "message"),
    "call_put_back": act(Right.ENROL, "message"),
    "enrolments": look(Right.SEE_LEARNERS),
    "find_enrolment": form(Right.SEE_LEARNERS),
    "run_enrolments": look(Right.SEE_LEARNERS, "run"),
    "enrol_person": form(Right.ENROL, "run"),
    "enrol_returning": form(Right.ENROL, "run"),
    "enrol_learner": form(Right.ENROL, "run", "twin"),
    "enrolment": look(Right.SEE_LEARNERS, "enrolment"),
    "enrolment_done": look(Right.ENROL, "enrolment"),
    "enrolment_voucher": look(Right.ENROL, "enrolment"),
    "reveal_enrolment_phone": form(Right.REVEAL_PHONES, "enrolment"),
    "cancel_enrolment": form(Right.ENROL, "enrolment"),
    "undo_enrolment": act(Right.ENROL, "enrolment"),
    "accept_offer": act(Right.ENROL, "enrolment"),
    "decline_offer": act(Right.ENROL, "enrolment"),
    "move_enrolment": form(Right.ENROL, "enrolment"),
    "prioritise_enrolment": form(Right.ENROL, "enrolment"),
}
WORKS_AT = {
    Duty.DISTRICT_MANAGER: "college",
    Duty.COLLEGE_STAFF: "college",
    Duty.SCHOOL_STAFF: "school",
    Duty.TEACHER: "school",
    Duty.VOLUNTEER: "school",
    Duty.AUDITOR: "college",
}
