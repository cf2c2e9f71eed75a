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


_acting: ContextVar[Mapping[str, Acting]] = ContextVar("acting", default={})  # noqa: B039 -- never changed in place


@contextmanager
def acting(stamp: Stamp, chain: str = SITE, *others: str) -> Iterator[Acting]:
    """Open a transaction that holds `chain`, and write its notes before it commits.

    Inside another `acting` that holds the chain it joins it, so that an action may be
    made of actions. Raises RuntimeError where it holds others: whoever needs several
    names them at once, and they are taken in one order, so that no two wait for each
    other.
    """
    outer = _acting.get()
    if outer:
        if missing := {chain, *others} - outer.keys():
            msg = (
                f"{', '.join(outer)} is held, {', '.join(missing)} cannot be taken too"
            )
            raise RuntimeError(msg)
        yield outer[chain]
        return
    with transaction.atomic():
        held = [_hold(name) for name in sorted({chain, *others})]
        at = datetime.now(UTC)
        acts = {one.name: Acting(one.name, stamp, at) for one in held}
        token = _acting.set(acts)
        try:
            yield acts[chain]
            for one in held:
                _write(one, acts[one.name])
        finally:
            _acting.reset(token)


def held() -> Mapping[str, Acting]:
    """The chains that are held: another object as soon as one is taken or let go."""
    return _acting.get()


def holding(chain: str) -> Acting:
    """What is being done while `chain` is held. Raises RuntimeError if it is not."""
    act = _acting.get().get(chain)
    if act is None:
        msg = f"{chain} must be held"
        raise RuntimeError(msg)
    return act


def _hold(name: str) -> Chain:
    chains = Chain.objects.select_for_update().filter(name=name)
    if (found := chains.first()) is not None:
        return found
    Chain.objects.bulk_create([Chain(name=name)], ignore_conflicts=True)
    return chains.get()


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
