"""A checked book built into domain objects. Nothing is refused here any more."""

from __future__ import annotations

from datetime import date

from donbay.domain.formulas import Formula, Number, Operand, Operation
from donbay.domain.indicators import (
    Condition,
    Direction,
    Indicator,
    Measure,
    OverTime,
    RollUp,
)
from donbay.domain.periods import Frequency, Period
from donbay.domain.programmes import (
    Claim,
    FundingSource,
    Mobilisation,
    Objective,
    Programme,
    Task,
    TaskMilestone,
    UnitLevel,
)
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Document, Source, Verification
from donbay.domain.targets import Baseline, Milestone, Target
from donbay.packs.book import Book
from donbay.packs.build_criteria import CriteriaBuilder
from donbay.packs.build_forms import FormBuilder, built_call
from donbay.packs.reader import Found
from donbay.packs.records import need, words_of

TIME_ZONE = "Asia/Ho_Chi_Minh"


class Builder:
    """Everything that needs the documents and the words at hand."""

    def __init__(self, book: Book) -> None:
        self.book, self.words = book, words_of(book)
        self.verified = {
            need(d, "id", str): need(d, "verification", Verification)
            for d in book.listed("documents")
        }

    def programme(self) -> Programme:
        book, own = self.book, self.book.programme
        criteria = CriteriaBuilder(book, self.words, self.source)
        forms = FormBuilder(self.words)
        return Programme(
            id=need(own, "id", str),
            levels=tuple(self._level(found) for found in book.levels),
            indicators={n: self._indicator(n, f) for n, f in book.indicators.items()},
            targets=tuple(self._target(found) for found in book.targets.values()),
            criteria=tuple(criteria.build(n, f) for n, f in book.criteria.items()),
            scope=self._scope(own),
            time_zone=own.get("time_zone", str) or TIME_ZONE,
            title=self.words.of("programme"),
            documents=tuple(self._document(d) for d in book.listed("documents")),
            objectives=tuple(self._objective(o) for o in book.listed("objectives")),
            tasks=tuple(self._task(task) for task in book.tasks.values()),
            funding=tuple(self._funding(f) for f in book.listed("funding")),
            mobilisation=tuple(self._mobilised(m) for m in book.listed("mobilisation")),
            claims=tuple(self._claim(claim) for claim in book.listed("claims")),
            forms=tuple(forms.build(n, f) for n, f in book.forms.items()),
            calendar=tuple(built_call(call) for call in book.listed("calendar")),
            in_force=own.get("in_force", date),
            until=own.get("until", date),
            synthetic=any(p.get("synthetic", bool) or False for p in book.programmes),
        )

    def source(self, found: Found | None) -> Source | None:
        if found is None:
            return None
        document = found.get("document", str)
        how = found.get("verification", Verification)
        return Source(
            document,
            found.get("article", str),
            found.get("title", str),
            found.get("href", str),
            how or self.verified.get(document or "", Verification.UNVERIFIED),
            found.get("note", str),
        )

    def _source_of(self, found: Found) -> Source | None:
        return self.source(found.get("source", Found))

    def _scope(self, found: Found) -> frozenset[str]:
        return frozenset(found.all("scope", str))

    def _level(self, found: Found) -> UnitLevel:
        name = need(found, "id", str)
        return UnitLevel(name, self.words.of("levels", name), found.get("end", date))

    def _document(self, found: Found) -> Document:
        name = need(found, "id", str)
        return Document(
            name,
            need(found, "number", str),
            need(found, "issuer", str),
            found.get("date", date),
            self.words.of("documents", name).in_("vi"),
            found.get("in_force", date),
            found.all("implements", str),
            found.all("amends", str),
            found.all("replaces", str),
            found.get("href", str),
            need(found, "verification", Verification),
        )

    def _objective(self, found: Found) -> Objective:
        name = need(found, "id", str)
        title = self.words.of("objectives", name)
        return Objective(name, title, found.get("parent", str), self._source_of(found))

    def _funding(self, found: Found) -> FundingSource:
        name = need(found, "id", str)
        budget = found.get("budget", bool) or False
        return FundingSource(name, self.words.of("funding", name), budget)

    def _mobilised(self, found: Found) -> Mobilisation:
        name = need(found, "indicator", str)
        return Mobilisation(
            name,
            {key: str(said.value) for key, said in found.pairs("sources")},
            {key: str(said.value) for key, said in found.pairs("forms")},
            self.words.of("mobilisation", name, instead=("indicators", name)),
            {key: str(said.value) for key, said in found.pairs("shares")},
            found.get("leverage", str),
        )

    def _claim(self, found: Found) -> Claim:
        name = need(found, "id", str)
        return Claim(
            name,
            self.words.of("claims", name),
            self._source_of(found) or Source(),
            found.get("value", float),
            found.get("of", float),
        )

    def _task(self, found: Found) -> Task:
        name = need(found, "id", str)
        steps = tuple(
            TaskMilestone(
                self.words.of("tasks", name, "milestones", need(step, "id", str)),
                need(step, "due", date),
            )
            for step in found.all("milestones", Found)
        )
        return Task(
            name,
            self.words.of("tasks", name),
            need(found, "owner", str),
            found.get("deadline", date),
            steps,
            found.get("objective", str),
            self._source_of(found),
        )

    def _indicator(self, name: str, found: Found) -> Indicator:
        roll_up = need(found, "roll_up", RollUp)
        plausible = found.get("range", Found)
        scale = found.get("scale", float)
        coverage = found.get("min_coverage", float)
        return Indicator(
            id=name,
            level=need(found, "level", str),
            frequency=need(found, "frequency", Frequency),
            roll_up=roll_up,
            measure=found.get("measure", Measure) or Measure.STOCK,
            over_time=found.get("over_time", OverTime),
            direction=found.get("direction", Direction) or Direction.HIGHER,
            unit=need(found, "unit", str),
            numerator=found.get("numerator", str),
            denominator=found.get("denominator", str),
            scale=scale or (100.0 if roll_up is RollUp.SHARE else 1.0),
            weight=found.get("weight", str),
            condition=_condition(found.get("condition", Found)),
            formula=_formula(found),
            carry=frozenset(found.all("carry", str)),
            categories=found.all("categories", str),
            non_negative=found.get("non_negative", bool) is not False,
            min_coverage=0.8 if coverage is None else coverage,
            scope=self._scope(found),
            spans=found.all("spans", Period),
            decimals=found.get("decimals", int),
            low=plausible.get("low", float) if plausible else None,
            high=plausible.get("high", float) if plausible else None,
            title=self.words.of("indicators", name),
            description=self.words.of("indicators", name, "description"),
            category_titles={
                category: self.words.of("indicators", name, "categories", category)
                for category in found.all("categories", str)
            },
            aliases=self._aliases(name),
            source=self._source_of(found),
        )

    def _aliases(self, name: str) -> dict[str, tuple[str, ...]]:
        path = ("indicators", name)
        found = {
            language: tuple(a for file in files for a in file.aliases.get(path, ()))
            for language, files in self.book.texts.items()
        }
        return {language: words for language, words in found.items() if words}

    def _target(self, found: Found) -> Target:
        name = need(found, "id", str)
        own = self._source_of(found)
        period = found.values.get("period")
        asked = period.value if period else None
        return Target(
            id=name,
            indicator=need(found, "indicator", str),
            comparator=need(found, "comparator", Comparator),
            value=need(found, "value", float),
            deadline=need(found, "deadline", date),
            category=found.get("category", str),
            baseline=self._baseline(found.get("baseline", Found), own),
            milestones=tuple(
                Milestone(
                    need(stone, "day", date),
                    need(stone, "value", float),
                    self._source_of(stone) or own,
                )
                for stone in found.all("milestones", Found)
            ),
            period=asked if isinstance(asked, Frequency | Period) else None,
            window=found.get("window", Period),
            levels=found.all("by", str),
            units=found.all("units", str),
            scope=self._scope(found),
            objective=found.get("objective", str),
            owner=found.get("owner", str),
            title=self.words.of("targets", name),
            source=own,
        )

    def _baseline(self, found: Found | None, own: Source | None) -> Baseline | None:
        if found is None:
            return None
        return Baseline(
            found.get("value", float),
            found.get("day", date),
            found.get("period", Period),
            self._source_of(found) or own,
        )


def _condition(found: Found | None) -> Condition | None:
    if found is None:
        return None
    return Condition(
        need(found, "indicator", str),
        need(found, "comparator", Comparator),
        need(found, "value", float),
        found.get("category", str),
    )


def _formula(found: Found) -> Formula | None:
    said = found.values.get("formula")
    value = said.value if said else None
    return value if isinstance(value, Number | Operand | Operation) else None
