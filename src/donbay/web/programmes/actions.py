"""Installing packs; opening, extending and closing rounds."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from donbay.domain.programmes import Programme as Promise
from donbay.domain.rounds import Round as Due
from donbay.domain.rounds import due_rounds
from donbay.domain.workflow import NotAllowed
from donbay.packs import load_pack
from donbay.packs.files import base_folder
from donbay.web.journal.actions import acting
from donbay.web.programmes import queries
from donbay.web.programmes.models import Edition, Extension, Programme, Round
from donbay.web.programmes.permissions import Actor, need_office
from donbay.web.territory.models import Unit
from donbay.web.territory.queries import territory

# --- packs -------------------------------------------------------------------------


def install(by: Actor, folder: Path, roots: Collection[str] | None = None) -> Programme:
    """Copy a pack and those that it extends into the home, and put it in force.

    `roots` are the places that take part, with all below them; where a new programme
    names none, every place of its top level. Raises `Refused` with every problem of
    the pack, NotAllowed where somebody may not; then nothing is in force.
    """
    promise = load_pack(folder).programme
    chosen = _roots(promise, roots)
    need_office(by, promise.id, chosen)
    checksum, path = _copied(folder)
    with acting(by.stamp, f"programme:{promise.id}") as act:
        programme, _ = Programme.objects.update_or_create(
            id=promise.id,
            defaults={
                "titles": dict(promise.title.by_language),
                "time_zone": promise.time_zone,
                "synthetic": promise.synthetic,
            },
        )
        programme.roots.set(Unit.objects.filter(id__in=chosen))
        before = programme.installed_editions.order_by("-id").first()
        if before is not None and before.checksum == checksum:
            return programme
        if programme.installed_editions.filter(checksum=checksum).exists():
            raise NotAllowed("edition_is_older")
        Edition.objects.create(
            programme=programme,
            checksum=checksum,
            path=path,
            installed_at=act.at,
            installed_by=by.stamp.by,
        )
        act.note("install", "programme", promise.id, checksum=checksum)
    return programme


def _roots(promise: Promise, given: Collection[str] | None) -> set[str]:
    """Raises NotAllowed where a place is not known, or none is left."""
    if given is None:
        known = Programme.objects.filter(id=promise.id).first()
        given = known.roots.values_list("id", flat=True) if known else ()
    versions = territory().versions
    if unknown := sorted(set(given) - versions.keys()):
        raise NotAllowed("unit_unknown", unit=", ".join(unknown))
    top = promise.level_ids[0]
    found = set(given) or {
        unit for unit, some in versions.items() if any(v.level == top for v in some)
    }
    if not found:
        raise NotAllowed("no_places", level=top)
    return found


def _copied(folder: Path) -> tuple[str, str]:
    """The checksum of what was copied, and the pack's path under PACKS."""
    home = Path(settings.PACKS)
    home.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=home, prefix="incoming-"))
    try:
        for place in _chain(folder.resolve()):
            for file in _files(place):
                target = staging / place.name / file.relative_to(place)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        checksum = _checksum(staging)
        path = f"{checksum}/{folder.resolve().name}"
        # What was copied is what was checked, even if the folder changed meanwhile.
        load_pack(staging / folder.resolve().name)
        if not (home / checksum).exists():
            staging.rename(home / checksum)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return checksum, path


def _chain(folder: Path) -> Iterator[Path]:
    """The pack, then the one that it extends, and so on."""
    place: Path | None = folder
    while place is not None:
        yield place
        wanted = load_pack(place).extends
        place = base_folder(wanted, place.parent) if wanted else None


def _files(place: Path) -> list[Path]:
    return sorted(
        file
        for file in place.rglob("*.yaml")
        if file.is_file()
        and not any(part[0] == "." for part in file.relative_to(place).parts)
    )


def _checksum(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in _files(folder):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


# --- the public --------------------------------------------------------------------


def publish(by: Actor, programme: Programme) -> None:
    """From now on everybody reads its promises and approved figures. Decision 0036."""
    _need(by, programme)
    with acting(by.stamp, programme.chain) as act:
        hidden = Programme.objects.filter(pk=programme.pk, published_at=None)
        if hidden.update(published_at=act.at):
            act.note("publish", "programme", programme.pk)


def withdraw(by: Actor, programme: Programme) -> None:
    """To the public it does not exist any more."""
    _need(by, programme)
    with acting(by.stamp, programme.chain) as act:
        shown = Programme.objects.filter(pk=programme.pk, published_at__isnull=False)
        if shown.update(published_at=None):
            act.note("withdraw", "programme", programme.pk)


# --- rounds ------------------------------------------------------------------------


def open_rounds(by: Actor, programme: Programme, on: date) -> list[Round]:
    """Open what the calendar calls for on a day; what is open already stays."""
    _need(by, programme)
    called = due_rounds(queries.promise(programme, on), on)
    if {_key(one) for one in called} <= _opened(programme):
        return []  # asked every minute, it holds nobody up for nothing
    with acting(by.stamp, programme.chain) as act:
        known = _opened(programme)
        found = [_made(programme, x) for x in called if _key(x) not in known]
        for made in found:
            act.note("open", "round", made.pk, form=made.form, period=made.period)
    return found


def _opened(programme: Programme) -> set[tuple[str, str, str]]:
    return set(programme.rounds.values_list("call", "form", "period"))


def _key(due: Due) -> tuple[str, str, str]:
    return due.call, due.form, str(due.period)


def _made(programme: Programme, due: Due) -> Round:
    return Round.objects.create(
        programme=programme,
        call=due.call,
        kind=due.kind.value,
        form=due.form,
        period=str(due.period),
        opens=due.opens,
        due=due.due,
        closes=due.closes,
    )


def extend(
    by: Actor,
    round: Round,
    unit: str,
    until: date,
    reason: str,
) -> Extension:
    """More time for one unit, also after the round has closed for all others."""
    need_office(by, round.programme_id, [unit])
    if unit not in queries.asked(round).units:
        raise NotAllowed("unit_not_asked")
    if until <= round.due or until < queries.today(round.programme):
        raise NotAllowed("until_in_the_past")
    if not reason.strip():
        raise NotAllowed("reason_missing")
    with acting(by.stamp, round.programme.chain) as act:
        given = Extension.objects.create(
            round=round,
            unit_id=unit,
            until=until,
            reason=reason.strip(),
            given_at=act.at,
            given_by=by.stamp.by,
        )
        act.note(
            "extend", "round", round.pk, unit=unit, until=until, reason=given.reason
        )
    return given


def close(by: Actor, round: Round) -> None:
    """Take no more reports, but from units that were given more time."""
    _need(by, round.programme)
    with acting(by.stamp, round.programme.chain) as act:
        still = Round.objects.filter(pk=round.pk, state=Round.State.OPEN)
        if still.update(state=Round.State.CLOSED):
            act.note("close", "round", round.pk)
    round.state = Round.State.CLOSED


def close_due(by: Actor, programme: Programme, on: date) -> list[Round]:
    """Close the rounds whose last day has passed."""
    over = list(programme.rounds.filter(state=Round.State.OPEN, closes__lt=on))
    if not over:
        return []
    with acting(by.stamp, programme.chain):
        for one in over:
            close(by, one)
    return over


def _need(by: Actor, programme: Programme) -> None:
    need_office(by, programme.id, list(programme.roots.values_list("id", flat=True)))
