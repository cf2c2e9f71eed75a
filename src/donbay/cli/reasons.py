"""An explanation on the screen, in the order in which people ask."""

from __future__ import annotations

from collections.abc import Iterable

from donbay.cli.board import headings, result_cell, status_cell
from donbay.cli.screen import RIGHT, Cell, Grid, Screen
from donbay.cli.sentences import Sentences
from donbay.domain.criteria import Attestation, SubCriterion
from donbay.domain.verdicts import CriterionRow
from donbay.folder.explain import CriterionExplanation, Explanation, Report, Rule


def show_target(screen: Screen, why: Explanation, say: Sentences) -> None:
    row, words = why.row, say.words
    status = status_cell(row.status, say)
    screen.line(f"{say.place(why.unit)} · {say.target_title(why.target.id)}", "bold")
    screen.line(
        f"{status.text}. {words.say(f'status_means.{row.status}')}", status.style
    )
    if row.reason:
        screen.line(words.say("cli.why.reason", reason=say.reason(row.reason)))
    if facts := say.success(row):
        screen.line(f"{facts[:1].upper()}{facts[1:]}.")
    screen.line()
    screen.line(_value(why, say))
    screen.line(_promise(why, say))
    for text in _pace(why, say):
        screen.line(text)
    _rules(screen, why.rules, say)
    _reports(screen, why.reports, say)


def _value(why: Explanation, say: Sentences) -> str:
    row, words = why.row, say.words
    if row.value is None or row.period is None:
        return words.say("cli.why.no_value")
    coverage = "" if row.coverage is None else words.share(row.coverage)
    return words.say(
        "cli.why.value",
        indicator=say.indicator_title(row.indicator),
        period=words.period(row.period),
        value=say.reached(row),
        coverage=coverage,
    )


def _promise(why: Explanation, say: Sentences) -> str:
    target, words = why.target, say.words
    value = say.amount(target.value, target.indicator)
    return words.say(
        "cli.why.promise",
        value=words.say(f"comparator.{target.comparator}", value=value),
        day=words.day(target.deadline),
    )


def _pace(why: Explanation, say: Sentences) -> Iterable[str]:
    words, row = say.words, why.row
    if not why.pace:
        yield words.say("cli.why.no_pace")
        return
    points = "; ".join(
        words.say("cli.why.point", day=words.day(d), value=say.amount(v, row.indicator))
        for d, v in why.pace
    )
    yield words.say("cli.why.pace_line", points=points)
    if row.pace is not None and row.period is not None:
        day, value = words.day(row.period.last), say.amount(row.pace, row.indicator)
        yield words.say("cli.why.pace", day=day, value=value)
    if row.progress is not None:
        yield words.say("cli.why.progress", progress=words.share(row.progress))


def _rules(screen: Screen, rules: Iterable[Rule], say: Sentences) -> None:
    screen.line()
    screen.line(say.words.say("cli.why.rules"), "bold")
    lines = [_rule(rule, say) for rule in rules]
    for text in lines or [say.words.say("cli.why.no_rule")]:
        screen.line(f"  {text}")


def _rule(rule: Rule, say: Sentences) -> str:
    source, document, words = rule.source, rule.document, say.words
    parts = [source.title or source.document or ""]
    if document is not None:
        day = words.day(document.date) if document.date else ""
        title = source.title or say.document(document.id, document.title)
        parts = [document.number, document.issuer, day, title]
    parts += [
        source.article or "",
        source.href or (document.href if document else "") or "",
    ]
    mark = words.say(f"verification.{source.verification}")
    return ", ".join(part for part in parts if part) + f" [{mark}]"


def _reports(screen: Screen, reports: Iterable[Report], say: Sentences) -> None:
    rows = list(reports)
    screen.line()
    if not rows:
        screen.line(say.words.say("cli.why.no_reports"))
        return
    names = ("line", "unit_name", "indicator", "period", "value", "recorded_at")
    screen.grid(
        Grid(
            say.words.say("cli.why.reports"),
            headings(say, *names, "source"),
            [_report(report, say) for report in rows],
            (RIGHT, "left", "left", "left", RIGHT),
        )
    )
    articles = {r.article.id: r.article for r in rows if r.article}
    if articles:
        screen.line()
        screen.line(say.words.say("cli.why.sources"), "bold")
    for name, article in articles.items():
        screen.line(f"  {name}: {article.title}")
        if article.address:
            screen.line(f"  {article.address}")


def _report(report: Report, say: Sentences) -> list[str]:
    o, words = report.observation, say.words
    value = "" if o.value is None else say.amount(o.value, o.indicator)
    title = say.indicator_title(o.indicator)
    return [
        str(report.line),
        report.unit_name,
        f"{title}: {say.category(o.indicator, o.category)}" if o.category else title,
        words.period(o.period),
        words.say(f"bound.{o.bound}", value=value) if value else "",
        words.day(o.recorded_at.date()),
        o.source,
    ]


def show_criterion(screen: Screen, why: CriterionExplanation, say: Sentences) -> None:
    title = say.criterion_title(why.set.id, why.criterion.id)
    screen.line(f"{say.place(why.unit)} · {say.set_title(why.set.id)}", "bold")
    screen.line(title, "bold")
    screen.line()
    names = ("sub_criterion", "value", "threshold", "result", "reason", "verified")
    leaves = {leaf.id: leaf for leaf in why.leaves}
    screen.grid(
        Grid(
            say.words.say("table.criteria"),
            headings(say, *names),
            [_result(row, leaves, say) for row in why.rows],
            ("left", RIGHT),
        )
    )
    _rules(screen, why.rules, say)
    _reports(screen, why.reports, say)


def _result(
    row: CriterionRow, leaves: dict[str, SubCriterion], say: Sentences
) -> list[str | Cell]:
    words = say.words
    leaf = leaves.get(row.sub_criterion or "")
    indicator = say.measured_by(row.set, row.sub_criterion)
    name = words.say("word.whole_criterion")
    return [
        say.sub_title(row.set, row.sub_criterion) if row.sub_criterion else name,
        say.amount(row.value, indicator),
        _asked(row, leaf, say),
        result_cell(row.result, say),
        say.reason(row.reason),
        words.say("word.verified" if row.verified else "word.unverified"),
    ]


def _asked(row: CriterionRow, leaf: SubCriterion | None, say: Sentences) -> str:
    """What a sub-criterion asks for, in words."""
    rule = leaf.rule if leaf else None
    if isinstance(rule, Attestation):
        authority = say.authority(rule.authority)
        return say.words.say("cli.why.attested_by", authority=authority)
    if rule is not None and row.threshold is not None:
        value = say.amount(row.threshold, rule.indicator)
        return say.words.say(f"comparator.{rule.comparator}", value=value)
    return ""
