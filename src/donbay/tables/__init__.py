"""Files (CSV, Parquet, XLSX) to checked tables and back: the one validator."""

from donbay.tables.export import write_folder
from donbay.tables.folder import Tables, read_folder, read_territory
from donbay.tables.grouping import Group, grouped
from donbay.tables.ledger import Ledger
from donbay.tables.reorganisations import read_reorganisation
from donbay.tables.reports import read_reports
from donbay.tables.writing import write_rows

__all__ = [
    "Group",
    "Ledger",
    "Tables",
    "grouped",
    "read_folder",
    "read_reorganisation",
    "read_reports",
    "read_territory",
    "write_folder",
    "write_rows",
]
