"""Reading reports: one sheet, the matrix of a period, what a person has to do."""

from donbay.web.submissions.queries.matrices import (
    STATES,
    Matrix,
    matrix,
    rounds_of,
)
from donbay.web.submissions.queries.reading import Reading, form_of, reading
from donbay.web.submissions.queries.sheets import Cell, Part, Sheet, sheet
from donbay.web.submissions.queries.work import (
    Item,
    Work,
    conflicts,
    queue,
    reminders,
    work,
)

__all__ = [
    "STATES",
    "Cell",
    "Item",
    "Matrix",
    "Part",
    "Reading",
    "Sheet",
    "Work",
    "conflicts",
    "form_of",
    "matrix",
    "queue",
    "reading",
    "reminders",
    "rounds_of",
    "sheet",
    "work",
]
