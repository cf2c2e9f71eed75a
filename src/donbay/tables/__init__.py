"""Files (CSV, Parquet, XLSX) to checked tables and back: the one validator."""

from donbay.tables.folder import Tables, read_folder, read_territory
from donbay.tables.ledger import Ledger

__all__ = ["Ledger", "Tables", "read_folder", "read_territory"]
