"""Everything that is done to learners (学员), a file for each verb. Names and numbers never reach audit or logs."""

from courses.services.learners.correcting import correct
from courses.services.learners.erasing import erase
from courses.services.learners.facts import LearnerFacts
from courses.services.learners.finding import near_matches, suggest
from courses.services.learners.handing_out import export_to_oneself, export_to_person
from courses.services.learners.merging import merge, unmerge
from courses.services.learners.registering import Identified, Registered, identify, know_at, register, settle
from courses.services.learners.revealing import reveal_phone

__all__ = [
    "Identified",
    "LearnerFacts",
    "Registered",
    "correct",
    "erase",
    "export_to_oneself",
    "export_to_person",
    "identify",
    "know_at",
    "merge",
    "near_matches",
    "register",
    "reveal_phone",
    "settle",
    "suggest",
    "unmerge",
]
