"""What people with an enrolment are told: put into an outbox with what it tells, sent later, never twice."""
