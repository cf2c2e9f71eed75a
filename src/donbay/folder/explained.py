"""An explanation as plain mappings, for machines."""

from __future__ import annotations

from donbay.domain.indicators import Texts
from donbay.domain.territory import Version
from donbay.domain.verdicts import Days
from donbay.folder.explain import (
    CriterionExplanation,
    Explanation,
    Report,
    Rule,
)

Record = dict[str, object]


def as_record(why: Explanation | CriterionExplanation) -> Record:
    """Ids and codes, ISO days, texts in all their languages."""
    head = {**_days(why.days), "synthetic": why.synthetic}
    head["unit"] = _unit(why.unit, why.version)
    body = _target(why) if isinstance(why, Explanation) else _criterion(why)
    return {
        **head,
        **body,
        "rules": [_rule(rule) for rule in why.rules],
        "reports": [_report(report) for report in why.reports],
    }


def _days(days: Days) -> Record:
    known = days.known.date().isoformat() if days.known else None
    return {"on": days.on.isoformat(), "known": known, "map": days.map.isoformat()}


def _unit(unit: str, version: Version | None) -> Record:
    code, name = (version.code, version.name) if version else (None, None)
    return {"id": unit, "code": code, "name": name}


def _words(texts: Texts) -> dict[str, str]:
    return dict(texts.by_language)


def _target(why: Explanation) -> Record:
    target, indicator, row, value = why.target, why.indicator, why.row, why.value
    return {
        "target": {
            "id": target.id,
            "title": _words(target.title),
            "comparator": str(target.comparator),
            "value": target.value,
            "deadline": target.deadline.isoformat(),
        },
        "indicator": {
            "id": indicator.id,
            "title": _words(indicator.title),
            "unit": indicator.unit,
            "roll_up": str(indicator.roll_up),
        },
        "status": str(row.status),
        "reason": str(row.reason) if row.reason else None,
        "period": str(row.period) if row.period else None,
        "value": row.value,
        "low": value.low if value else None,
        "high": value.high if value else None,
        "coverage": row.coverage,
        "baseline": row.baseline,
        "pace": row.pace,
        "progress": row.progress,
        "exceeded": row.exceeded,
        "first_met": str(row.first_met) if row.first_met else None,
        "pace_line": [[day.isoformat(), number] for day, number in why.pace],
    }


def _criterion(why: CriterionExplanation) -> Record:
    return {
        "set": why.set.id,
        "criterion": why.criterion.id,
        "title": _words(why.criterion.title),
        "results": [
            {
                "sub_criterion": row.sub_criterion,
                "value": row.value,
                "threshold": row.threshold,
                "result": str(row.result),
                "reason": str(row.reason) if row.reason else None,
                "verified": row.verified,
            }
            for row in why.rows
        ],
    }


def _rule(rule: Rule) -> Record:
    source, document = rule.source, rule.document
    issued = document.date if document else None
    return {
        "document": source.document,
        "number": document.number if document else None,
        "issuer": document.issuer if document else None,
        "date": issued.isoformat() if issued else None,
        "article": source.article,
        "title": source.title or (document.title if document else None),
        "href": source.href or (document.href if document else None),
        "verification": str(source.verification),
        "note": source.note,
    }


def _report(report: Report) -> Record:
    o, article = report.observation, report.article
    return {
        "line": report.line,
        "unit": o.unit,
        "unit_name": report.unit_name,
        "indicator": o.indicator,
        "period": str(o.period),
        "category": o.category,
        "value": o.value,
        "bound": str(o.bound),
        "recorded_at": o.recorded_at.isoformat(),
        "source": o.source,
        "title": article.title if article else None,
        "address": (article.address or None) if article else None,
    }
