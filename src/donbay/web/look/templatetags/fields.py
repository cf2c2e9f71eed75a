"""Forms: every field with its label, help and errors tied to it, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString

from donbay.web.look.templatetags.words import say
from donbay.web.look.words import current

register = template.Library()
# A mistake that a library raises without a code, by the name of its field.
WITHOUT_CODE = {"password2": "password_mismatch"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as it is shown."""

    bound: BoundField

    @property
    def checkbox(self) -> bool:
        return isinstance(self.bound.field.widget, CheckboxInput)

    @property
    def label(self) -> str:
        code = f"field.{self.bound.name}"
        return say(code) if code in current() else str(self.bound.label)

    @property
    def help(self) -> str:
        code = f"field_help.{self.bound.name}"
        return say(code) if code in current() else ""

    @property
    def errors(self) -> list[str]:
        name = self.bound.name
        return list(_said(self.bound.form, name))

    @property
    def input(self) -> SafeString:
        """The input; it names its help and errors, so that they are read with it."""
        widget, name = self.bound.field.widget, self.bound.id_for_label
        widget.attrs.pop("placeholder", None)  # the label says it, and stays
        plain = "form-select" if isinstance(widget, Select) else "form-control"
        look = "form-check-input" if self.checkbox else plain
        attrs: dict[str, str | bool] = {"class": look}
        about = [f"{name}-help"] * bool(self.help)
        about += [f"{name}-errors"] * bool(self.errors)
        if about:
            attrs["aria-describedby"] = " ".join(about)
        if self.errors:
            attrs |= {"aria-invalid": "true", "class": f"{look} is-invalid"}
        return self.bound.as_widget(attrs=attrs)


def _said(form: BaseForm, name: str) -> Iterator[str]:
    """The errors of a field; by code in our words, else in those of the library."""
    found: list[ValidationError] = form.errors.as_data().get(name, [])
    for error in found:
        code = f"form_error.{error.code or WITHOUT_CODE.get(name, '')}"
        given = error.params or {}
        if code in current():
            yield say(code, **{str(k): v for k, v in given.items()})
        else:
            yield from error.messages


@register.inclusion_tag("look/parts/form.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """All fields of a form; what is wrong with it as a whole stands first."""
    shown = [Shown(bound) for bound in form.visible_fields()]
    return {
        "form": form,
        "shown": shown,
        "whole": list(_said(form, "__all__")),
        "wrong": [field for field in shown if field.errors],
    }
