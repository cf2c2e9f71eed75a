"""Roles: what a person may do, for a part of the territory and for a time."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RoleKind(StrEnum):
    """A role. Who holds it, where and when, is the site's affair."""

    REPORTER = "reporter"
    REVIEWER = "reviewer"
    OWNER = "owner"
    PROGRAMME_OFFICE = "programme_office"
    LEADER = "leader"
    INSPECTOR = "inspector"


MEANS: Mapping[RoleKind, str] = {
    RoleKind.REPORTER: "Fills in and sends the reports of a place, takes back a report "
    "that nobody approved, and opens a correction.",
    RoleKind.REVIEWER: "Reads the reports of the places below, approves them or sends "
    "figures back with a reason.",
    RoleKind.OWNER: "Follows the criteria and targets of a department everywhere, and "
    "asks about them; changes no report.",
    RoleKind.PROGRAMME_OFFICE: "Opens and extends rounds, reviews as reviewers do, "
    "opens corrections, and sees to the whole programme.",
    RoleKind.LEADER: "Sees every board and report of a territory, assigns, asks and "
    "answers; changes no report.",
    RoleKind.INSPECTOR: "Reads everything with its history and evidence; changes "
    "nothing.",
}
