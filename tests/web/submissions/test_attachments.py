"""Files behind a figure: told by their bytes, bounded, kept after they are removed."""

import pytest
from django.conf import LazySettings
from tests.web.people import People, by, water
from tests.web.submissions.stories import filled, sent

from donbay.domain.workflow import NotAllowed
from donbay.web.files.actions import path_of
from donbay.web.files.models import StoredFile
from donbay.web.files.queries import sniffed
from donbay.web.journal.queries import of_object
from donbay.web.submissions.actions import attach, detach
from donbay.web.submissions.queries import sheet

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 minutes"


@pytest.fixture
def people() -> People:
    return People(water())


def test_a_file_lies_behind_its_figure(people: People) -> None:
    report = filled(people)

    kept = attach(by(people.an), report, "served", "biên bản.pdf", [PDF])

    assert (kept.name, kept.file.media_type) == ("biên bản.pdf", "application/pdf")
    assert path_of(kept.file_id).read_bytes() == PDF
    cell = sheet(report.round, "tx", report).cell("served")
    assert [one.pk for one in cell.attachments] == [kept.pk]
    assert of_object("submission", report.pk)[0].verb == "attach"


def test_the_same_file_again_is_no_second_one(people: People) -> None:
    report = filled(people)
    first = attach(by(people.an), report, "served", "a.pdf", [PDF])

    assert attach(by(people.an), report, "served", "b.pdf", [PDF]).pk == first.pk


def test_a_name_is_only_the_last_part_of_what_the_browser_said(people: People) -> None:
    report = filled(people)
    for place, (given, name) in enumerate(
        (("..\\..\\x.pdf", "x.pdf"), ("/etc/passwd", "passwd"), ("\0\n", "file"))
    ):
        kept = attach(by(people.an), report, "homes", given, [PDF, b"%d" % place])
        assert kept.name == name


def test_a_removed_file_is_still_in_the_history(people: People) -> None:
    report = filled(people)
    kept = attach(by(people.an), report, "served", "a.pdf", [PDF])

    detach(by(people.an), kept)

    assert not sheet(report.round, "tx", report).cell("served").attachments
    kept.refresh_from_db()
    assert kept.removed_at is not None
    assert path_of(kept.file_id).is_file()


def test_too_much_is_refused_and_nothing_is_left(
    people: People, settings: LazySettings
) -> None:
    report = filled(people)
    settings.LARGEST_FILE = 100
    for chunks, code in (
        ([b"%PDF-" + b"x" * 200], "file_too_large"),
        ([b""], "file_empty"),
        ([b"\x7fELF\0\0"], "file_kind"),
    ):
        with pytest.raises(NotAllowed, match=code):
            attach(by(people.an), report, "served", "a.pdf", chunks)

    assert not StoredFile.objects.exists()
    for number in range(10):
        attach(by(people.an), report, "served", "a.pdf", [PDF, b"%d" % number])
    with pytest.raises(NotAllowed, match="too_many_files"):
        attach(by(people.an), report, "served", "a.pdf", [PDF])


def test_nothing_is_attached_to_what_was_sent_or_by_others(people: People) -> None:
    report = filled(people)
    with pytest.raises(NotAllowed, match="only_the_place"):
        attach(by(people.hoa), report, "served", "a.pdf", [PDF])
    kept = attach(by(people.an), report, "served", "a.pdf", [PDF])
    report = sent(people)

    with pytest.raises(NotAllowed, match="not_editable"):
        attach(by(people.an), report, "served", "b.pdf", [PDF, b"2"])
    with pytest.raises(NotAllowed, match="not_editable"):
        detach(by(people.an), kept)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"PK\x03\x04 [Content_Types].xml", "application/zip"),
        ("Biên bản".encode(), "text/plain"),
        (b"<html><script>", "text/plain"),
        ("Biên bản".encode()[:3], "text/plain"),
        (b"MZ\x90\0", None),
        (b"", None),
    ],
)
def test_bytes_say_what_a_file_is(head: bytes, kind: str | None) -> None:
    assert sniffed(head) == kind
