"""The first person of a site, who gives the others their roles."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from donbay.web.journal.actions import Stamp, acting
from donbay.web.offices.models import User

# What Django finds wrong, and how it is said here.
WORDS = {
    "invalid": "cli.admin.invalid",
    "max_length": "cli.admin.max_length",
    "blank": "cli.admin.blank",
    "password_too_short": "cli.admin.password_too_short",
    "password_too_common": "cli.admin.password_too_common",
    "password_too_similar": "cli.admin.password_too_similar",
    "password_entirely_numeric": "cli.admin.password_entirely_numeric",
}


class Unfit(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """A name that is taken, or a password that would be guessed; `codes` say which."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(", ".join(codes))


def create_administrator(
    username: str, password: str, *, name: str, email: str, language: str
) -> User:
    """Raises Unfit; then nothing is left behind."""
    user = User(
        username=username, name=name or username, email=email, language=language
    )
    user.is_superuser = user.is_staff = True
    with transaction.atomic(), acting(Stamp("", "donbay", channel="command")) as act:
        if User.objects.filter(username__iexact=username).exists():
            raise Unfit(["cli.admin.taken"])
        _check(user, password)
        user.set_password(password)
        user.save()
        act.note("create_administrator", "user", user.pk, username=username)
    return user


def _check(user: User, password: str) -> None:
    try:
        user.full_clean(exclude=["password", "office"])
        validate_password(password, user)
    except ValidationError as error:
        codes = {WORDS[str(e.code)] for e in _errors(error)}
        raise Unfit(sorted(codes)) from None


def _errors(error: ValidationError) -> list[ValidationError]:
    if hasattr(error, "error_dict"):
        return [e for some in error.error_dict.values() for e in some]
    return list(error.error_list)
