"""How people come in: accounts are given by an office, never taken by oneself."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs themselves up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's call
        return False


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """Whom an identity provider vouches for must be known here by e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002 -- allauth's call
        return False
