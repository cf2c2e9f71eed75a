"""The how-to page is itself a pack that loads, with cases that can be read."""

import re
from pathlib import Path

from donbay.packs import load_pack, read_cases

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-pack.md"


def write_pack(folder: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, block in re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    english = (folder / "texts" / "en.yaml").read_text(encoding="utf-8")
    for language in ("vi", "fr", "ar"):
        path = folder / "texts" / f"{language}.yaml"
        path.write_text(english, encoding="utf-8")


def test_the_pack_of_the_how_to_page_is_good(tmp_path: Path) -> None:
    write_pack(tmp_path)
    programme = load_pack(tmp_path).programme
    assert programme.targets[0].levels == ("province", "commune")
    assert [case.line for case in read_cases(tmp_path, programme)] == [1]
