"""Verdicts as charts, maps and printed reports, in the reader's language.

Words come in as they are to be read, figures with the function that writes them.
"""
