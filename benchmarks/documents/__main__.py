"""`python -m benchmarks.documents FOLDER...`: precision, recall and calibration."""

import argparse
import os
from pathlib import Path

from benchmarks.documents.labels import labelled
from benchmarks.documents.scoring import FIELDS, Tally, score
from donbay.documents import Known
from donbay.folder import open_folder
from donbay.folder.documents import known_from

ROOT = Path(__file__).parents[2]
OURS = ROOT / "tests" / "documents" / "cases"
ARTICLES = Path(__file__).parent / "articles"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="labelled folders")
    parser.add_argument("--against", type=Path, help="places and indicators to know")
    parser.add_argument("--misses", action="store_true", help="list what was wrong")
    options = parser.parse_args()
    known = known_from(open_folder(options.against) if options.against else None)
    texts = articles()
    if not options.folders and texts:
        report(ARTICLES, known, texts, misses=options.misses)
    for folder in options.folders or [OURS / "open", OURS / "sealed"]:
        report(folder, known, misses=options.misses)


def articles() -> Path | None:
    """The five source articles, which lie outside the repository where they are."""
    shared = Path(os.environ.get("DONBAY_SHARED", ROOT.parent / "shared"))
    return shared / "seeds" if (shared / "seeds").is_dir() else None


def report(
    folder: Path, known: Known, texts: Path | None = None, *, misses: bool = False
) -> None:
    tallies = score(labelled(folder, texts), known)
    everything = Tally()
    for found in tallies.values():
        everything.add(found)
    print(f"\n== {folder.name}: numbers (names and dates apart)")
    print(
        f"{'':4}{'labels':>8}{'recall':>8}{'precision':>11}{'wrong':>7}{'context':>9}"
        f"{'0.9+':>7}{'names, dates':>14}{'unlabelled':>12}"
    )
    for language, one in [*sorted(tallies.items()), ("all", everything)]:
        print(
            f"{language:4}{one.labels:8}{part(one.right, one.labels):>8}"
            f"{part(one.right, one.found):>11}{part(one.wrong, one.labels):>7}"
            f"{part(one.context_right, one.context):>9}"
            f"{part(one.sure_right, one.sure):>7}"
            f"{part(one.apart_found, one.apart):>14}{one.unlabelled:12}"
        )
    for language, one in [*sorted(tallies.items()), ("all", everything)]:
        told = [
            f"{f} {part(one.fields[f][1], one.fields[f][0])}"
            for f in FIELDS
            if one.fields[f][0]
        ]
        print(f"{language:4} by field: {', '.join(told)}")
    for tenth, (all_, good) in sorted(everything.bins.items()):
        low, high = tenth / 10, (tenth + 1) / 10
        print(
            f"     confidence {low:.1f}-{high:.1f}: {all_} claims, {part(good, all_)}"
        )
    if misses:
        print("\n".join(everything.misses))


def part(some: int, whole: int) -> str:
    return f"{100 * some / whole:.1f}%" if whole else "-"


if __name__ == "__main__":
    main()
