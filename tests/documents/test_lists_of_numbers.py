"""In a list each number is of its own words, and of what is said once for all."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from donbay.documents import Known, read, text_document
from donbay.documents.indicators import Candidate, Matcher
from donbay.folder.documents import matcher_of
from donbay.packs import load_pack

HERE = Path(__file__).parent
TOLD = yaml.safe_load((HERE / "lists.yaml").read_text("utf-8"))
NAMES = Matcher(
    Candidate(id_, tuple(v for k, v in one.items() if k != "unit"), one["unit"])
    for id_, one in TOLD["names"].items()
)
CASES = matcher_of(load_pack(HERE / "cases" / "programme").programme)


@pytest.mark.parametrize(
    ("one", "known"),
    [(one, NAMES) for one in TOLD["lists"]]
    + [(one, CASES) for one in TOLD["of_the_cases"]],
    ids=lambda x: x["text"][:30] if isinstance(x, dict) else "",
)
def test_each_number_of_a_list_has_the_name_of_its_own_words(
    one: dict[str, Any], known: Matcher
) -> None:
    document = text_document(one["text"], "list.txt", one["language"])
    claims = read(document, Known(indicators=known)).claims
    found = [c.indicator for c in claims if c.kind not in {"name", "date"}]
    assert found == one["names"]
