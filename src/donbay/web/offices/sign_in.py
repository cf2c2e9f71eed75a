"""How people come in: accounts are given by an office, never taken by oneself."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import render

from donbay.web.journal.actions import acting
from donbay.web.offices.models import User
from donbay.web.offices.permissions import By


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs themselves up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's call
        return False


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """Whom an identity provider vouches for must be known here by e-mail address."""

    def is_open_for_signup(
        self,
        request: HttpRequest,  # noqa: ARG002 -- allauth's call
        sociallogin: SocialLogin,  # noqa: ARG002 -- as above
    ) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Who comes for the first time is tied to the one person of that address.

        Raises ImmediateHttpResponse with the way on where nobody is.
        """
        asked = sociallogin.state.get("process")
        if sociallogin.is_existing or asked != AuthProcess.LOGIN:
            return
        person = known_by({e.email for e in sociallogin.email_addresses if e.verified})
        if person is None:
            about = {"provider": sociallogin.account.get_provider().name}
            page = render(request, "socialaccount/unknown.html", about, status=403)
            raise ImmediateHttpResponse(page)
        by = By(person, request.META.get("REMOTE_ADDR", ""))
        with acting(by.stamp) as act:
            sociallogin.connect(request, person)
            provider = sociallogin.account.provider
            act.note("connect_identity", "user", person.pk, provider=provider)


def known_by(addresses: set[str]) -> User | None:
    """The only person in service with one of these addresses; None if two share it."""
    found = {
        person.pk: person
        for address in addresses
        for person in User.objects.filter(email__iexact=address, is_active=True)
    }
    return next(iter(found.values())) if len(found) == 1 else None
