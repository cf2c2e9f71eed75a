"""The same evaluation written by hand in other tools, to compare with and to check."""
