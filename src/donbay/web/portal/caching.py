"""Answers that browsers and shared caches may keep, and ask about before they use them.

The mark of a page (its ETag) is made of all that it is made of: the version of the
program, the licence of the data, what is published, the packs and places and acts, the
row of the ledger up to which the verdicts go, and the day. No page is kept without
asking whether its mark still holds; where it does, the answer has no body. A file that
takes a while to write is remembered by its mark, as long as there is room.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from donbay import __version__
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation

ROOM = 64 << 20  # bytes of files that a process remembers
LARGEST = ROOM // 8  # larger ones are written anew


def mark(*made_of: object) -> str:
    licence = (settings.DATA_LICENCE, settings.DATA_LICENCE_ADDRESS)
    said = "\n".join(str(part) for part in (__version__, *licence, *made_of))
    return quote_etag(hashlib.sha256(said.encode()).hexdigest()[:32])


def mark_of(programme: Programme, evaluation: Evaluation | None, *also: object) -> str:
    """Of a page of one programme; its address says the language and the rest."""
    made_of: tuple[object, ...] = (programme.pk, programme.published_at, *also)
    if evaluation is not None:
        world, _ = results.world_of(programme, evaluation.on)
        made_of += (world, evaluation.pk, evaluation.seq, evaluation.on)
        made_of += (evaluation.edition, evaluation.state)
    return mark(*made_of, programmes.today(programme))


def kept(
    request: HttpRequest, etag: str, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer, or that what the asker has still holds; then nothing is made."""
    found = get_conditional_response(request, etag=etag)
    made = answer() if found is None else found
    if made.status_code in {200, 304}:
        made["ETag"] = etag
        made["Cache-Control"] = "public, max-age=0, must-revalidate"
    return made


def page(answer: HttpResponse, language: str) -> HttpResponse:
    """It is in the language of its address, whoever asks."""
    answer["Content-Language"] = language
    return answer


class Remembered:
    """Contents of files by what they are of; the one asked for longest ago goes first.

    Two who ask at once may both write it: nobody waits for another's file.
    """

    def __init__(self, room: int = ROOM, largest: int = LARGEST) -> None:
        self._room, self._largest = room, largest
        self._contents: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock, self.size = Lock(), 0

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key in self._contents:
                self._contents.move_to_end(key)
                return self._contents[key]
        made = make()
        if len(made) <= self._largest:
            self._put(key, made)
        return made

    def _put(self, key: Hashable, made: bytes) -> None:
        with self._lock:
            self.size += len(made) - len(self._contents.pop(key, b""))
            self._contents[key] = made
            while self.size > self._room:
                self.size -= len(self._contents.popitem(last=False)[1])


files = Remembered()
"""Of this process."""
