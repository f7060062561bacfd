"""Qualifications in words, and what no proof can be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import QualificationKind, TeachingRole
from courses.rules.qualifications import NEEDED, Proof, QualificationState, proof_refusal, standing

DAY = date(2021, 3, 1)
HANDBOOK, QUIZ, TRAINING = (
    QualificationKind.HANDBOOK_READ,
    QualificationKind.SAFETY_QUIZ,
    QualificationKind.TRAINING,
)
PROOFS = st.builds(
    Proof,
    kind=st.sampled_from(QualificationKind),
    passed_on=st.dates(DAY - timedelta(5), DAY + timedelta(5)),
    valid_until=st.none() | st.dates(DAY - timedelta(5), DAY + timedelta(5)),
)


def words(*proofs: Proof, role=TeachingRole.VOLUNTEER) -> str:
    return standing(role=role, proofs=proofs, on=DAY).words


@pytest.mark.parametrize(
    ("proofs", "said"),
    [
        ([], "缺服务手册、安全小测验"),
        ([Proof(HANDBOOK, DAY)], "缺安全小测验"),
        ([Proof(HANDBOOK, DAY), Proof(QUIZ, DAY)], "齐了"),
        ([Proof(HANDBOOK, DAY), Proof(QUIZ, DAY, DAY)], "齐了"),
        ([Proof(HANDBOOK, DAY), Proof(QUIZ, DAY - timedelta(9), DAY - timedelta(1))], "安全小测验过期了"),
        ([Proof(QUIZ, DAY - timedelta(9), DAY - timedelta(1))], "缺服务手册；安全小测验过期了"),
        ([Proof(HANDBOOK, DAY + timedelta(1)), Proof(QUIZ, DAY)], "缺服务手册"),
        ([Proof(TRAINING, DAY)], "缺服务手册、安全小测验"),
    ],
)
def test_a_volunteers_standing_is_said_in_words(proofs, said):
    assert words(*proofs) == said


def test_a_newer_proof_makes_good_for_an_expired_one():
    old = Proof(QUIZ, DAY - timedelta(9), DAY - timedelta(1))
    assert words(Proof(HANDBOOK, DAY), old, Proof(QUIZ, DAY)) == "齐了"


def test_a_teacher_needs_the_quiz_and_no_service_handbook():
    assert words(Proof(QUIZ, DAY), role=TeachingRole.TEACHER) == "齐了"
    assert words(Proof(HANDBOOK, DAY), role=TeachingRole.TEACHER) == "缺安全小测验"


@given(role=st.sampled_from(TeachingRole), proofs=st.lists(PROOFS, max_size=8))
def test_complete_is_whoever_holds_all_that_is_needed(role, proofs):
    found = standing(role=role, proofs=proofs, on=DAY)
    holds = {proof.kind for proof in proofs if proof.holds(on=DAY)}
    assert (found.state is QualificationState.COMPLETE) == (set(NEEDED[role]) <= holds)
    assert set(found.missing) | set(found.expired) == set(NEEDED[role]) - holds
    assert not set(found.missing) & set(found.expired)
    assert (found.words == "齐了") == (found.state is QualificationState.COMPLETE)


@given(role=st.sampled_from(TeachingRole), proofs=st.lists(PROOFS, max_size=8), one=PROOFS)
def test_one_more_proof_never_makes_it_worse(role, proofs, one):
    before, after = (standing(role=role, proofs=each, on=DAY) for each in (proofs, [*proofs, one]))
    assert set(after.missing) <= set(before.missing)
    assert len(after.missing) + len(after.expired) <= len(before.missing) + len(before.expired)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"passed_on": DAY + timedelta(1)}, "passed_on"),
        ({"valid_until": DAY - timedelta(1)}, "valid_until"),
        ({"kind": HANDBOOK, "edition": None}, "edition"),
        ({"kind": HANDBOOK, "edition": 0}, "edition"),
    ],
)
def test_a_proof_that_cannot_be_is_refused_beside_its_field(values, field):
    proof = {"kind": QUIZ, "passed_on": DAY, "valid_until": None, "edition": None, "today": DAY} | values
    assert proof_refusal(**proof)[0] == field


@pytest.mark.parametrize("values", [{}, {"valid_until": DAY}, {"kind": HANDBOOK, "edition": 2}])
def test_a_proof_of_today_is_taken(values):
    proof = {"kind": QUIZ, "passed_on": DAY, "valid_until": None, "edition": None, "today": DAY} | values
    assert proof_refusal(**proof) is None
