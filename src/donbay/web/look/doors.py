"""Which addresses are public. Every other one is closed to who is not signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])

# Addresses of libraries that must be open for signing in, by their names.
PUBLIC_NAMES = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    }
)


def public(view: View) -> View:
    """Declare a view open to everybody."""
    view.public = True  # type: ignore[attr-defined]  # a mark that `is_public` reads
    return view


def is_public(view: object, name: str | None) -> bool:
    return bool(getattr(view, "public", False)) or name in PUBLIC_NAMES
