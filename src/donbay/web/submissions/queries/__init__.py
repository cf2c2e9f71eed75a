"""Reading reports: one sheet, the matrix of a round, what a person has to do."""

from donbay.web.submissions.queries.reading import Reading, form_of, reading

__all__ = ["Reading", "form_of", "reading"]
