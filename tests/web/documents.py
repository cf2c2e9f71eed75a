"""Articles about Tràng Xá, made up, that people of the stories bring and have read."""

from __future__ import annotations

from tests.web.people import People, by

from donbay.web.evidence.actions import upload
from donbay.web.evidence.models import Claim, Document
from donbay.web.evidence.queries import figures
from donbay.web.evidence.tasks import read_soon
from donbay.web.offices.models import User
from donbay.web.programmes.models import Round

VIETNAMESE = """Xã Tràng Xá sau ba quý làm nước sạch
Đến nay toàn xã có 1.204 hộ, trong đó 987 hộ dùng nước sạch.
Kinh phí đã chi 398,925 tỷ đồng, tăng 12 % so với năm trước."""
FRENCH = """La commune de Trang Xa et l’eau
La commune compte 1 204 foyers, dont 978 foyers desservis en eau propre.
Les dépenses ont atteint 398,925 milliards de dongs, soit 12 % de plus."""


def brought(
    people: People, round: Round, name: str, text: str, user: User | None = None
) -> Document:
    """Uploaded by An, or another, for Tràng Xá, and read."""
    who = by(user or people.an)
    made = upload(who, round, "tx", name, [text.encode()])
    read_soon(who.stamp, made)
    return Document.objects.select_related("round__programme").get(pk=made.pk)


def claim(document: Document, printed: str) -> Claim:
    """The figure that begins with these letters."""
    found = [row for row in figures(document) if row.text.startswith(printed)]
    assert found, [row.text for row in figures(document)]
    return found[0]
