"""The site's addresses, and some that tell the test what is stored."""

import hashlib

from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from tests.web.reorganisations.merger import everything

from donbay.web.installation.verify import verify
from donbay.web.ledger.models import Batch, Observation, Statement
from donbay.web.look.doors import public
from donbay.web.programmes.models import Programme
from donbay.web.reorganisations.actions import rehearse
from donbay.web.reorganisations.models import Reorganisation
from donbay.web.submissions.models import Submission


@public
def stored(request: HttpRequest, report: int) -> JsonResponse:  # noqa: ARG001 -- a view's call
    """All of one report, and whether every chain is whole."""
    found = Submission.objects.get(pk=report)
    batches = Batch.objects.filter(reference=f"submission:{report}")
    figures = Observation.objects.values_list("seq", flat=True)
    numbers = sorted([*figures, *Statement.objects.values_list("seq", flat=True)])
    rows = Observation.objects.filter(source__startswith=f"submission:{report}#")
    return JsonResponse(
        {
            "state": found.state,
            "step": found.step,
            "answers": dict(found.answers.values_list("field", "typed")),
            "batches": list(batches.values_list("number", flat=True)),
            "batch": found.batch,
            "rows": rows.count(),
            "gapless": numbers == list(range(1, len(numbers) + 1)),
            "last": Batch.objects.aggregate(last=Max("last"))["last"],
            "troubles": [trouble.code for trouble in verify().troubles],
        }
    )


@public
def picture(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- as above
    """How far a decision has come, and a mark of all that it may touch."""
    found = everything(Programme.objects.get())
    roles = [{k: v for k, v in row.items() if k != "id"} for row in found["roles"]]  # type: ignore[attr-defined]  # rows
    found["roles"] = sorted(map(str, roles))
    told = hashlib.sha256(repr(found).encode()).hexdigest()
    return JsonResponse({"state": Reorganisation.objects.get().state, "picture": told})


@public
def rehearsed(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- as above
    """The decision, as its page would have it rehearsed by a job."""
    rehearse(Reorganisation.objects.get())
    return JsonResponse({})


urlpatterns = [
    path("picture/", picture),
    path("rehearsed/", rehearsed),
    path("stored/<int:report>/", stored),
    path("", include("donbay.web.urls")),
]
handler400 = "donbay.web.look.views.bad_request"
handler403 = "donbay.web.look.views.forbidden"
handler404 = "donbay.web.look.views.not_found"
handler500 = "donbay.web.look.views.broken"
