"""`donbay boundaries [FILE]`: areas of places brought, listed and taken away."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.problems import show_notes
from donbay.cli.progress import Stages
from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.domain.problems import Problem, Refused
from donbay.texts import Wording

FEW = 5  # places that are named


def run(options: Namespace, words: Wording) -> int:
    """All of the file's areas or none; without a file, those that are there."""
    if options.file is None and options.remove is None:
        set_up(words)
        return _listed(words)
    if options.remove is not None:
        set_up(words)
        return _removed(options.remove, words)
    if options.on is None:
        raise Refused([Problem("boundaries.on_missing", options.file.name)])
    set_up(words)
    return _brought(options, words)


def _brought(options: Namespace, words: Wording) -> int:
    from donbay.tables.boundaries import Wanted  # noqa: PLC0415 -- shapely, only if needed
    from donbay.web.territory.actions import Whose, bring_boundaries  # noqa: PLC0415 -- as in site

    wanted = Wanted(
        options.on,
        options.level,
        options.code,
        options.name,
        dict(options.match or ()),
        options.part,
        options.tolerance,
    )
    whose = Whose(options.source or "", options.licence or "", options.address or "")
    with Stages(words, 1) as stages:
        stages.stage("cli.stage.loading")
        done = bring_boundaries(options.file, wanted, whose, dry=options.dry_run)
    found, say = done.found, Screen().line
    show_notes(found.left_out, words)
    if found.far:
        names = ", ".join(f"{name} ({away:.0f} km)" for name, away in found.far[:FEW])
        count = words.number(len(found.far))
        say(words.say("boundaries.far", count=count, names=names))
    code = "checked" if options.dry_run else "already" if done.already else "done"
    about = {
        "areas": words.number(len(found.boundaries)),
        "before": words.number(found.before),
        "after": words.number(found.after),
        "day": words.day(options.on),
        "number": str(done.number or ""),
    }
    say(words.say(f"boundaries.{code}", **about))
    return 0


def _listed(words: Wording) -> int:
    from donbay.web.territory.queries import boundary_sets  # noqa: PLC0415 -- as in site

    say, found = Screen().line, boundary_sets()
    if not found:
        say(words.say("boundaries.none"))
    for one, count in found:
        about = {
            "number": str(one.pk),
            "name": one.name,
            "day": words.day(one.day),
            "areas": words.number(count),
            "source": one.source,
            "licence": one.licence,
            "sha256": one.file_id,
        }
        say(words.say("boundaries.listed", **about))
    return 0


def _removed(number: int, words: Wording) -> int:
    from donbay.web.territory.actions import remove_boundaries  # noqa: PLC0415 -- as in site

    gone = remove_boundaries(number)
    Screen().line(words.say("boundaries.removed", number=str(number), name=gone.name))
    return 0
