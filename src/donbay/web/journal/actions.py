"""Acting: one transaction, one lock, and what was done written down before it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from donbay.web.journal.models import Chain, Entry

SITE = "site"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, and from where: `channel` is web, import, command or job."""

    by: str
    name: str
    address: str = ""
    channel: str = "web"


NOBODY = Stamp("", "Donbay", channel="job")


@dataclass
class Acting:
    """What is being done; `note` keeps what will stand in the journal."""

    chain: str
    stamp: Stamp
    at: datetime
    _notes: list[tuple[str, str, str, Mapping[str, object]]] = field(
        default_factory=list
    )

    def note(self, verb: str, kind: str, object: object, **details: object) -> None:  # noqa: A002 -- the journal's own word
        self._notes.append((verb, kind, str(object), details))


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(stamp: Stamp, chain: str = SITE) -> Iterator[Acting]:
    """Open a transaction that holds `chain`, and write its notes before it commits.

    Inside another `acting` of the same chain it joins it, so that an action may be
    made of actions. Raises RuntimeError where the chains differ: one lock at a time.
    """
    outer = _acting.get()
    if outer is not None:
        if outer.chain != chain:
            msg = f"{outer.chain} is held, {chain} cannot be taken too"
            raise RuntimeError(msg)
        yield outer
        return
    with transaction.atomic():
        held = _hold(chain)
        act = Acting(chain, stamp, datetime.now(UTC))
        token = _acting.set(act)
        try:
            yield act
            _write(held, act)
        finally:
            _acting.reset(token)


def holding(chain: str) -> Acting:
    """What is being done while `chain` is held. Raises RuntimeError if it is not."""
    act = _acting.get()
    if act is None or act.chain != chain:
        msg = f"{chain} must be held"
        raise RuntimeError(msg)
    return act


def _hold(name: str) -> Chain:
    Chain.objects.bulk_create([Chain(name=name)], ignore_conflicts=True)
    return Chain.objects.select_for_update().get(name=name)


def _write(held: Chain, act: Acting) -> None:
    if not act._notes:  # noqa: SLF001 -- of this module
        return
    entries = []
    for verb, kind, of, details in act._notes:  # noqa: SLF001 -- of this module
        entry = Entry(
            chain=held.name,
            number=held.length + 1,
            at=act.at,
            by=act.stamp.by,
            by_name=act.stamp.name,
            address=act.stamp.address,
            channel=act.stamp.channel,
            verb=verb,
            kind=kind,
            object=of,
            details=json.loads(json.dumps(details, default=str)),
            previous=held.link,
        )
        entry.link = held.link = entry.computed_link()
        held.length += 1
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    held.save()
