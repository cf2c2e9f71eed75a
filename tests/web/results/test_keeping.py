"""What is kept is what both databases can give back to the last bit."""

from datetime import date

from donbay.domain.verdicts import Days, Evaluation, Status, TargetRow
from donbay.web.results.keeping import TARGETS, made


def test_a_zero_has_no_sign() -> None:
    """SQLite forgets it, so that a full run would differ from what is kept."""
    row = TargetRow("tx", "poor", "poor", 2.0, Status.OFF_TRACK, progress=-0.0)
    kept = made(Evaluation(Days(date(2026, 9, 30), date(2026, 9, 30)), targets=(row,)))
    assert "-0.0" not in repr(kept[TARGETS]["tx", "poor"])
