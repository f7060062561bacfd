"""A demo Shanghai to look at and try things on: invented people, telephone numbers 1380000xxxx, marked ``is_demo``.

One file for each kind. Each adds its things once, always the same ones, and leaves them alone after that. They need
what `seed` makes, and each other in this order: organisations, places, people, learners, duties, timetable, enrolments,
attendances, outcomes.
"""

from courses.services.demo.attendances import add_attendances
from courses.services.demo.duties import LOGINS, give_demo_duties
from courses.services.demo.enrolments import add_enrolments
from courses.services.demo.learners import add_learners
from courses.services.demo.organisations import add_organisations
from courses.services.demo.outcomes import add_outcomes
from courses.services.demo.people import add_people
from courses.services.demo.places import add_places
from courses.services.demo.timetable import add_timetable

KINDS = (
    add_organisations,
    add_places,
    add_people,
    add_learners,
    give_demo_duties,
    add_timetable,
    add_enrolments,
    add_attendances,
    add_outcomes,
)

__all__ = ["KINDS", "LOGINS"]
