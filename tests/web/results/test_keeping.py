"""What is kept is what both databases can give back to the last bit."""

from donbay.domain.verdicts import Status, TargetRow
from donbay.web.results.keeping import judged


def test_a_zero_has_no_sign() -> None:
    """SQLite forgets it, so that a full run would differ from what is kept."""
    row = TargetRow("tx", "poor", "poor", 2.0, Status.OFF_TRACK, progress=-0.0)
    assert "-0.0" not in repr(judged(row))
