"""Results for machines, and files that are written whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, TextIO

from donbay.domain.problems import Problem, Refused
from donbay.domain.verdicts import Days

if TYPE_CHECKING:  # a process that only writes files starts without them
    import polars as pl

    from donbay.folder import Study


@contextmanager
def opened(path: Path | None) -> Iterator[IO[bytes]]:
    """Where results go: a file that appears only when complete, or standard output."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if not path.parent.is_dir():
        raise Refused([Problem("cli.no_folder", str(path.parent))])
    with NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        half = Path(file.name)
        try:
            yield file
        except BaseException:
            half.unlink()
            raise
    # The temporary file is for its owner alone; a result is like any other file.
    mask = os.umask(0)
    os.umask(mask)
    half.chmod(0o666 & ~mask)
    half.replace(path)


@contextmanager
def written(path: Path | None) -> Iterator[TextIO | None]:
    """Text for people into a file, whole or not at all; None: to the screen."""
    if path is None:
        yield None
        return
    text = StringIO()
    yield text
    with opened(path) as file:
        file.write(text.getvalue().encode())


def write_json(path: Path | None, document: object) -> None:
    with opened(path) as file:
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
        file.write(f"{text}\n".encode())


def write_frame(
    path: Path | None, frame: pl.DataFrame, form: str, about: dict[str, object]
) -> None:
    """CSV and Parquet carry the days in columns, JSON once at the top."""
    if form == "parquet" and path is None and sys.stdout.isatty():
        raise Refused([Problem("cli.parquet_needs_file", "-")])
    with opened(path) as file:
        if form == "csv":
            frame.write_csv(file)
        elif form == "parquet":
            marks = {key: str(value) for key, value in about.items()}
            frame.write_parquet(file, metadata=marks)
        else:
            _write_rows(file, frame, about)


def _write_rows(file: IO[bytes], frame: pl.DataFrame, about: dict[str, object]) -> None:
    """Rows one a line, under what holds for all of them."""
    head = json.dumps(about, ensure_ascii=False)
    bare = frame.drop("on", "known", "map", "synthetic", strict=False)
    lines = BytesIO()
    bare.write_ndjson(lines)
    rows = lines.getvalue().rstrip(b"\n").replace(b"\n", b",\n")
    file.write(f'{head[:-1]}, "rows": [\n'.encode() + rows + b"\n]}\n")


def about_results(
    study: Study, table: str, days: Days, engine: str
) -> dict[str, object]:
    """What every result says of itself."""
    known = days.known.date().isoformat() if days.known else None
    return {
        "programme": study.programme.id,
        "table": table,
        "on": days.on.isoformat(),
        "known": known,
        "map": days.map.isoformat(),
        "engine": engine,
        "synthetic": study.synthetic,
    }
