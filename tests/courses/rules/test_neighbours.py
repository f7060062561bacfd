"""Which districts touch which."""

from courses.rules.neighbours import NEIGHBOURS, neighbours


def test_all_sixteen_have_neighbours_and_touching_goes_both_ways():
    assert len(NEIGHBOURS) == 16
    for one, others in NEIGHBOURS.items():
        assert one not in others
        assert all(one in neighbours(other) for other in others)


def test_known_ones():
    assert "310105" in neighbours("310104")
    assert "310151" not in neighbours("310104")
    assert neighbours("nonsense") == frozenset()
