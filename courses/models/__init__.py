"""Course modules and lessons; organisations, places and people that classes stand on."""

from courses.models.area import Area, AreaAlias
from courses.models.attendance import Attendance, HeadCount, Outcome
from courses.models.badge_numbers import PersonNumber
from courses.models.calendar_feed import CalendarFeed
from courses.models.capacity_rule import CapacityRule
from courses.models.catalogue import CourseIndexPage, LessonPage, LessonTopic, ModulePage
from courses.models.class_session import ClassSession, SessionChange
from courses.models.course_run import CourseRun
from courses.models.enrolment import Enrolment, EnrolmentEvent
from courses.models.learner import Learner, LearnerPlace
from courses.models.membership import Membership, acting_membership, may, organisation_id_of
from courses.models.message import Message
from courses.models.organisation import ExternalId, Organisation
from courses.models.people import Availability, Qualification, TaughtScenario, TeachingPerson
from courses.models.programme import (
    DistrictShare,
    LineActivity,
    PlanPoint,
    Programme,
    ProgrammePhase,
    ReportedLine,
)
from courses.models.roll_photo import RollPhoto, RollPhotoRemoval
from courses.models.scope import accounts_of, organisations_of
from courses.models.study import StudyProgress
from courses.models.tally import DailySeal, MonthLock, Tally
from courses.models.term import Term
from courses.models.venue import Closure, OpeningHours, Room, Venue

__all__ = [
    "Area",
    "AreaAlias",
    "Attendance",
    "Availability",
    "CalendarFeed",
    "CapacityRule",
    "ClassSession",
    "Closure",
    "CourseIndexPage",
    "CourseRun",
    "DailySeal",
    "DistrictShare",
    "Enrolment",
    "EnrolmentEvent",
    "ExternalId",
    "HeadCount",
    "Learner",
    "LearnerPlace",
    "LessonPage",
    "LessonTopic",
    "LineActivity",
    "Membership",
    "Message",
    "ModulePage",
    "MonthLock",
    "OpeningHours",
    "Organisation",
    "Outcome",
    "PersonNumber",
    "PlanPoint",
    "Programme",
    "ProgrammePhase",
    "Qualification",
    "ReportedLine",
    "RollPhoto",
    "RollPhotoRemoval",
    "Room",
    "SessionChange",
    "StudyProgress",
    "Tally",
    "TaughtScenario",
    "TeachingPerson",
    "Term",
    "Venue",
    "accounts_of",
    "acting_membership",
    "may",
    "organisation_id_of",
    "organisations_of",
]
