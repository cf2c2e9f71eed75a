"""Whether everything is still what was written: journal, ledger, files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from donbay.web.acts.models import Act
from donbay.web.acts.queries import broken_acts
from donbay.web.files.actions import path_of
from donbay.web.files.models import StoredFile
from donbay.web.journal.models import Chain, Entry
from donbay.web.journal.queries import broken_chains
from donbay.web.ledger.models import Batch
from donbay.web.ledger.queries import broken_batches

CHUNK = 1 << 20


@dataclass(frozen=True)
class Trouble:
    """Something that is not what was written: a code, and where."""

    code: str
    about: dict[str, object]


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what is wrong with it."""

    entries: int
    chains: int
    batches: int
    acts: int
    files: int
    troubles: tuple[Trouble, ...]


def verify() -> Verified:
    return Verified(
        Entry.objects.count(),
        Chain.objects.count(),
        Batch.objects.count(),
        Act.objects.count(),
        StoredFile.objects.count(),
        (*_journal(), *_ledger(), *_acts(), *_files()),
    )


def _journal() -> Iterator[Trouble]:
    for broken in broken_chains():
        about = {"chain": broken.chain, "number": broken.number}
        yield Trouble("cli.verify.journal", about)


def _ledger() -> Iterator[Trouble]:
    for broken in broken_batches():
        about = {"programme": broken.programme, "number": broken.number}
        yield Trouble("cli.verify.ledger", about)


def _acts() -> Iterator[Trouble]:
    for broken in broken_acts():
        about = {"programme": broken.programme, "number": broken.place}
        yield Trouble("cli.verify.acts", about)


def _files() -> Iterator[Trouble]:
    for stored in StoredFile.objects.order_by("sha256").iterator():
        path = path_of(stored.sha256)
        if not path.is_file():
            yield Trouble("cli.verify.file_missing", {"file": stored.sha256})
            continue
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != stored.sha256:
            yield Trouble("cli.verify.file_changed", {"file": stored.sha256})
