"""Finds an input file by its stem and hands it to the reader of its format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from donbay.tables.cells import Cells
from donbay.tables.columns import Layout
from donbay.tables.csv_files import read_csv
from donbay.tables.findings import Findings, fault
from donbay.tables.parquet_files import read_parquet
from donbay.tables.xlsx_files import read_xlsx

SUFFIXES = (".csv", ".parquet", ".xlsx")


def locate(folder: Path, layout: Layout) -> tuple[Path | None, Findings]:
    """The one file of this layout; none may be an answer where none is needed."""
    found = [
        path
        for suffix in SUFFIXES
        if (path := folder / (layout.name + suffix)).is_file()
    ]
    findings = Findings(found[0].name if found else f"{layout.name}.csv")
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        findings.add(fault("file_several", found=names))
    elif not found and layout.needed:
        findings.add(fault("file_missing", expected=layout.name))
    return (found[0] if len(found) == 1 else None), findings


def read_cells(
    path: Path, layout: Layout, findings: Findings, leave_out: Collection[str] = ()
) -> Iterator[Cells]:
    """Cells in the order of the file; what is not well formed is a finding."""
    if path.suffix == ".parquet":
        return read_parquet(path, layout, findings, leave_out)
    read: Callable[[Path, Layout, Findings], Iterator[Cells]]
    read = read_xlsx if path.suffix == ".xlsx" else read_csv
    return read(path, layout, findings)


def expected_rows(path: Path) -> int:
    """How many rows a file says it has; 0 where it does not say."""
    try:
        return int(pq.read_metadata(path).num_rows) if path.suffix == ".parquet" else 0
    except (pa.ArrowException, OSError):
        return 0
