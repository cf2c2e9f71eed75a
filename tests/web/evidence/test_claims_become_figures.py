"""An takes figures from an article into her report; they go the way of all figures."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.web.documents import FRENCH, VIETNAMESE, brought, claim
from tests.web.people import People, by, quarter, water

from donbay.domain.quantities import Bound
from donbay.domain.workflow import NotAllowed
from donbay.web.evidence.actions import Mended, accept, mend, reject, upload
from donbay.web.evidence.models import Claim, Decision, Document
from donbay.web.evidence.queries import passage, passages
from donbay.web.journal.models import Entry as Noted
from donbay.web.ledger.models import Observation
from donbay.web.offices.permissions import Closed
from donbay.web.submissions.actions import Entry, approve, begin, save, send
from donbay.web.submissions.models import Answer, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People(water())


@pytest.fixture
def article(people: People) -> Document:
    return brought(people, quarter(people.programme), "bài báo.txt", VIETNAMESE)


def stands(field: str) -> Answer:
    return Answer.objects.get(field=field)


def test_a_claim_taken_as_read_stands_in_the_draft_with_its_passage(
    people: People, article: Document
) -> None:
    served = claim(article, "987")
    accept(by(people.an), served)
    found = stands("served")
    assert (found.value, found.bound) == (987.0, "exact")
    assert found.submission.state == "draft"
    assert found.taken_from == passage(served)
    told = passages([found.taken_from])[found.taken_from]
    assert f"{told.before}{told.text}{told.after}" in VIETNAMESE
    assert told.text == "987"


def test_money_is_taken_in_its_base_unit_to_the_last_dong(
    people: People, article: Document
) -> None:
    accept(by(people.an), claim(article, "398,925"))
    assert stands("money").value == 398_925_000_000.0


def test_what_its_indicator_does_not_tell_is_not_guessed(
    people: People, article: Document
) -> None:
    with pytest.raises(NotAllowed) as stop:
        accept(by(people.an), claim(article, "1.204"))
    assert stop.value.code == "claim_fits_no_field"
    assert not Submission.objects.exists()


def test_an_official_says_of_what_a_claim_is(people: People, article: Document) -> None:
    homes = claim(article, "1.204")
    mend(by(people.an), homes, Mended("homes", homes.value, exact=True))
    assert stands("homes").value == 1204.0
    decided = Decision.objects.get()
    assert (decided.verdict, decided.field) == ("mended", "homes")


@pytest.mark.parametrize(
    ("typed", "means"), [("1.205", 1205.0), ("1205", 1205.0), ("1 205", 1205.0)]
)
def test_a_mended_figure_is_read_as_its_writer_writes(
    people: People, article: Document, typed: str, means: float
) -> None:
    mend(by(people.an), claim(article, "1.204"), Mended("homes", typed, Bound.ABOUT))
    assert (stands("homes").value, stands("homes").bound) == (means, "about")


def test_a_field_that_says_something_else_is_not_written_over(
    people: People, article: Document
) -> None:
    report = begin(by(people.an), quarter(people.programme), "tx")
    save(by(people.an), report, "served", Entry("990"))
    with pytest.raises(NotAllowed) as stop:
        accept(by(people.an), claim(article, "987"))
    assert stop.value.code == "field_filled"
    mend(by(people.an), claim(article, "987"), Mended("served", "987"))
    assert stands("served").value == 987.0


def test_two_articles_may_say_the_same(people: People, article: Document) -> None:
    other = brought(people, quarter(people.programme), "b.txt", VIETNAMESE + "\n")
    accept(by(people.an), claim(article, "987"))
    accept(by(people.an), claim(other, "987"))
    assert stands("served").taken_from == passage(claim(other, "987"))


def test_what_is_left_out_after_all_leaves_the_report(
    people: People, article: Document
) -> None:
    accept(by(people.an), claim(article, "987"))
    reject(by(people.an), claim(article, "987"))
    assert stands("served").value is None
    assert Decision.objects.get().verdict == "rejected"


def test_who_types_over_a_figure_takes_its_source_away(
    people: People, article: Document
) -> None:
    accept(by(people.an), claim(article, "987"))
    save(by(people.an), stands("served").submission, "served", Entry("988"))
    assert not stands("served").taken_from
    reject(by(people.an), claim(article, "987"))
    assert stands("served").value == 988.0


def test_the_ledger_names_document_and_position_after_review(
    people: People, article: Document
) -> None:
    served, homes = claim(article, "987"), claim(article, "1.204")
    accept(by(people.an), served)
    mend(by(people.an), homes, Mended("homes", homes.value, exact=True))
    report = send(by(people.an), Submission.objects.get())
    assert not Observation.objects.exists()
    approve(by(people.binh), report)
    approve(by(people.linh), report)
    row = Observation.objects.get(indicator="served")
    assert row.source == f"submission:{report.pk}#served;{passage(served)}"


def test_every_step_is_in_the_journal(people: People, article: Document) -> None:
    accept(by(people.an), claim(article, "987"))
    reject(by(people.an), claim(article, "398,925"))
    noted = Noted.objects.filter(kind="document", object=str(article.pk))
    assert list(noted.order_by("id").values_list("verb", flat=True)) == [
        *("upload_document", "read_document", "claim_accepted", "claim_rejected")
    ]


@pytest.mark.parametrize("who", ["binh", "chi"])
def test_only_the_place_says_what_its_figures_are(
    people: People, article: Document, who: str
) -> None:
    served = claim(article, "987")
    steps: Sequence[object] = (accept, reject)
    for step in steps:
        with pytest.raises(NotAllowed) as stop:
            step(by(getattr(people, who)), served)  # type: ignore[operator]  # one of two actions
        assert stop.value.code == "only_the_place"
    assert not Decision.objects.exists()


def test_who_does_not_work_with_the_figures_brings_no_document(people: People) -> None:
    for who in (people.khoi, people.dung, people.phuc):
        with pytest.raises(Closed):
            upload(by(who), quarter(people.programme), "tx", "a.txt", [b"12 homes"])
    assert not Document.objects.exists()


def test_the_same_file_is_one_document(people: People, article: Document) -> None:
    again = brought(people, article.round, "tên khác.txt", VIETNAMESE)
    assert again.pk == article.pk
    other = brought(people, article.round, "article.txt", FRENCH)
    assert other.pk != article.pk


def test_claims_are_what_was_read_and_stay_so(article: Document) -> None:
    with pytest.raises(Exception, match="never changed"):
        Claim.objects.filter(document=article).update(value="1")
