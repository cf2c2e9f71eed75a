"""A small folder for stories: one province, three communes, clean water and money.

Written out in full so that a story can be followed with a pencil.
"""

from pathlib import Path

PROGRAMME = """
id: water
in_force: 2023-01-01
levels: [{id: province}, {id: commune}]
documents:
  - id: nq_1
    number: 1/NQ-HDND
    issuer: People's Council
    date: 2023-01-15
    verification: sourced
funding: [{id: state, budget: yes}, {id: people, budget: no}]
mobilisation:
  - indicator: money
    sources: {state/cash: state, people/cash: people, people/labour: people}
    forms: {state/cash: cash, people/cash: cash, people/labour: labour}
claims:
  - {id: well, value: 2, of: 3, source: nq_1#9}
"""
INDICATORS = {
    "served": "roll_up: sum\nover_time: last\nunit: households",
    "homes": "roll_up: sum\nover_time: last\nunit: households",
    "clean_water": (
        "roll_up: ratio\nnumerator: served\ndenominator: homes\nscale: 100\n"
        "unit: percent"
    ),
    "money": (
        "roll_up: sum\nmeasure: flow\nover_time: sum\nunit: dong\n"
        "categories: [state/cash, people/cash, people/labour]"
    ),
}
TARGETS = """
- id: water_95
  indicator: clean_water
  comparator: at_least
  value: 95
  deadline: 2026-12-31
  baseline: {value: 60, day: 2022-12-31}
  by: [province, commune]
  source: nq_1#2
"""
CRITERIA = """
unit_level: commune
levels:
  - id: standard
    criteria:
      - id: '1'
        node:
          all:
            - sub: '1.1'
              indicator: clean_water
              comparator: at_least
              limit: 80
              source: nq_1#3
            - {sub: '1.2', attested_by: health, source: nq_1#3}
"""
TEXTS = {
    "programme": "Water",
    "levels": {"province": "Province", "commune": "Commune"},
    "documents": {"nq_1": "Resolution on water"},
    "funding": {"state": "State", "people": "People"},
    "forms": {"cash": "Cash", "labour": "Labour"},
    "claims": {"well": "Two of three wells"},
    "indicators": {
        "served": {"title": "Homes served", "unit": "homes"},
        "homes": {"title": "Homes", "unit": "homes"},
        "clean_water": {"title": "Homes with clean water", "unit": "'%'"},
        "money": {
            "title": "Money raised",
            "unit": "dong",
            "categories": {
                "state/cash": "State, cash",
                "people/cash": "People, cash",
                "people/labour": "People, labour",
            },
        },
    },
    "targets": {"water_95": "Clean water for 95 %"},
    "criteria": {
        "commune": {
            "title": "Commune set",
            "levels": {"standard": "Standard"},
            "'1'": "Water",
            "sub": {"'1.1'": "Clean water", "'1.2'": "Attested"},
        }
    },
    "authorities": {"health": "Department of health"},
}
UNITS = """id,code,name,level,parent,valid_from,valid_to,region,tags
p,01,Tỉnh Một,province,,,,,
a,00101,Xã An,commune,p,,,,
b,00102,Xã Bình,commune,p,,2024-12-31,,
c,00103,Xã Cát,commune,p,,2024-12-31,,
bc,00102,Xã Bình Cát,commune,p,2025-01-01,,,
"""
SUCCESSIONS = """date,from,to,share,basis,decision
2025-01-01,b,bc,1,,7/NQ
2025-01-01,c,bc,1,,7/NQ
"""
OBSERVATIONS = """unit,indicator,period,category,value,bound,recorded_at,source
a,served,2024,,90,,2025-01-10,bulletin#1
a,homes,2024,,100,,2025-01-10,bulletin#1
b,served,2024,,30,,2025-01-11,bulletin#2
b,homes,2024,,50,,2025-01-11,bulletin#2
c,served,2024,,45,,2025-01-12,bulletin#3
c,homes,2024,,50,,2025-01-12,bulletin#3
a,money,2024,state/cash,200,,2025-01-10,bulletin#1
a,money,2024,people/cash,600,more_than,2025-01-10,bulletin#1
a,money,2024,people/labour,200,,2025-01-10,bulletin#1
b,served,2024,,40,,2025-03-01,bulletin#4
"""
SOURCES = """id,title,publisher,address,date,note
bulletin,Bulletin of the province,Province,https://example.org/bulletin,2025-01-15,
"""


def write_pack(folder: Path, **programme: str) -> Path:
    """The pack; `programme` adds keys to programme.yaml."""
    (folder / "indicators").mkdir(parents=True)
    (folder / "criteria").mkdir()
    (folder / "texts").mkdir()
    added = "".join(f"{key}: {value}\n" for key, value in programme.items())
    (folder / "programme.yaml").write_text(PROGRAMME + added, encoding="utf-8")
    for name, text in INDICATORS.items():
        head = "level: commune\nfrequency: year\n"
        (folder / "indicators" / f"{name}.yaml").write_text(
            head + text, encoding="utf-8"
        )
    (folder / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    (folder / "criteria" / "commune.yaml").write_text(
        f"id: commune\n{CRITERIA}", encoding="utf-8"
    )
    for language in ("vi", "en", "fr", "ar"):
        text = "\n".join(lines(TEXTS)) + "\n"
        (folder / "texts" / f"{language}.yaml").write_text(text, encoding="utf-8")
    return folder


def lines(tree: object, depth: int = 0) -> list[str]:
    assert isinstance(tree, dict)
    found: list[str] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            found += ["  " * depth + f"{key}:", *lines(value, depth + 1)]
        else:
            found.append("  " * depth + f"{key}: {value}")
    return found


def write_folder(folder: Path, **files: str) -> Path:
    """The folder; `files` replace the text of units, observations and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    given = {
        "units": UNITS,
        "successions": SUCCESSIONS,
        "observations": OBSERVATIONS,
        "sources": SOURCES,
    } | files
    for name, text in given.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    write_pack(folder / "pack")
    return folder
