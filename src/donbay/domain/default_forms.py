"""The forms of a programme: those of its pack, else one per level and frequency."""

from __future__ import annotations

from datetime import date

from donbay.domain.forms import Form
from donbay.domain.programmes import Programme


def forms_of(programme: Programme) -> tuple[Form, ...]:
    """The declared forms, else default ones that ask for every collected indicator."""
    raise NotImplementedError


def form_of(programme: Programme, wanted: str) -> Form:
    """Raises KeyError where the programme has no such form."""
    for form in forms_of(programme):
        if form.id == wanted:
            return form
    raise KeyError(wanted)


def form_for(programme: Programme, form: Form, tags: frozenset[str]) -> Form | None:
    """What of a form a unit with these tags is asked; None where it is nothing."""
    raise NotImplementedError


def review_path(programme: Programme, form: Form, on: date) -> tuple[str, ...]:
    """The levels whose reviewers approve, in order; never empty.

    Declared levels that exist on the day; where none is left, or none was declared, the
    nearest level above the form's that exists; at the top of the tree its own level.
    """
    raise NotImplementedError
