"""Packs: YAML in, a checked programme out; refused with file, line and reason."""

from donbay.packs.cases import Case, Expected, read_cases
from donbay.packs.load import Pack, load_pack

__all__ = ["Case", "Expected", "Pack", "load_pack", "read_cases"]
