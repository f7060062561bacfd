"""报名 by staff: who is in a class, enrolling somebody, and what is done to one enrolment."""
