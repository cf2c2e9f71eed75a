"""In a list each number is of its own words, and of what is said once for all."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from donbay.documents import Known, read, text_document
from donbay.documents.indicators import Candidate, Matcher

TOLD = yaml.safe_load(Path(__file__).with_name("lists.yaml").read_text("utf-8"))
KNOWN = Known(
    indicators=Matcher(
        Candidate(id_, tuple(v for k, v in one.items() if k != "unit"), one["unit"])
        for id_, one in TOLD["names"].items()
    )
)


@pytest.mark.parametrize("one", TOLD["lists"], ids=lambda x: x["text"][:30])
def test_each_number_of_a_list_has_the_name_of_its_own_words(
    one: dict[str, Any],
) -> None:
    document = text_document(one["text"], "list.txt", one["language"])
    assert [c.indicator for c in read(document, KNOWN).claims] == one["names"]
