"""Reading reports: one sheet, the matrix of a period, what a person has to do."""

from donbay.web.submissions.queries.matrices import (
    STATES,
    Matrix,
    matrix,
    rounds_of,
)
from donbay.web.submissions.queries.overseeing import (
    Answering,
    Overdue,
    SentBack,
    answering,
    overdue,
    sent_back,
)
from donbay.web.submissions.queries.reading import Reading, form_of, reading
from donbay.web.submissions.queries.returned import (
    Change,
    Preview,
    as_returned,
    name_of,
    preview,
)
from donbay.web.submissions.queries.sheets import Cell, Part, Sheet, sheet
from donbay.web.submissions.queries.work import (
    Item,
    Work,
    conflicts,
    queue,
    reminders,
    work,
)
from donbay.web.submissions.queries.workbooks import fillable, marked, workbook

__all__ = [
    "STATES",
    "Answering",
    "Cell",
    "Change",
    "Item",
    "Matrix",
    "Overdue",
    "Part",
    "Preview",
    "Reading",
    "SentBack",
    "Sheet",
    "Work",
    "answering",
    "as_returned",
    "conflicts",
    "fillable",
    "form_of",
    "marked",
    "matrix",
    "name_of",
    "overdue",
    "preview",
    "queue",
    "reading",
    "reminders",
    "rounds_of",
    "sent_back",
    "sheet",
    "work",
    "workbook",
]
