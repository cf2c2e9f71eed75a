"""Arithmetic over indicators: nodes, and the one reader of their text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from donbay.domain.periods import Period, parse_period


class Operator(StrEnum):
    """The four operations."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Operand:
    """An indicator's value at the same unit, now or `at` another period.

    `lag` counts periods back; `period` names a fixed one. Carry is declared on the
    formula's indicator (`carry`), not here.
    """

    indicator: str
    category: str | None = None
    lag: int = 0
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """Two formulas joined by an operator."""

    operator: Operator
    left: Formula
    right: Formula


Formula = Number | Operand | Operation

_OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: Operator.ADD,
    ast.Sub: Operator.SUBTRACT,
    ast.Mult: Operator.MULTIPLY,
    ast.Div: Operator.DIVIDE,
}


def operands(formula: Formula) -> Iterator[Operand]:
    """Every operand, left to right."""
    if isinstance(formula, Operand):
        yield formula
    elif isinstance(formula, Operation):
        yield from operands(formula.left)
        yield from operands(formula.right)


def parse_formula(text: str) -> Formula:
    """Read e.g. `100 * poor / households`, `at(income, 1)`, `staff["female"]`.

    Raises ValueError with the part that is not understood.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError) as problem:
        raise ValueError(text) from problem
    return _node(tree.body)


def _node(tree: ast.expr) -> Formula:
    match tree:
        case ast.Constant(value=bool()):
            raise ValueError(ast.unparse(tree))
        case ast.Constant(value=int() | float() as number):
            return Number(float(number))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return Operation(Operator.SUBTRACT, Number(0.0), _node(inner))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return Operation(_OPERATORS[type(op)], _node(left), _node(right))
        case ast.Call(func=ast.Name(id="at"), args=[who, when], keywords=[]):
            return _at(_operand(who), when)
    return _operand(tree)


def _operand(tree: ast.expr) -> Operand:
    match tree:
        case ast.Name(id=indicator):
            return Operand(indicator)
        case ast.Subscript(value=ast.Name(id=indicator), slice=ast.Name(id=category)):
            return Operand(indicator, category)
        case ast.Subscript(
            value=ast.Name(id=indicator), slice=ast.Constant(value=str() as category)
        ):
            return Operand(indicator, category)
    raise ValueError(ast.unparse(tree))


def _at(operand: Operand, when: ast.expr) -> Operand:
    match when:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() as lag) if lag >= 0:
            return Operand(operand.indicator, operand.category, lag=lag)
        case ast.Constant(value=str() as text):
            return Operand(
                operand.indicator, operand.category, period=parse_period(text)
            )
    raise ValueError(ast.unparse(when))
