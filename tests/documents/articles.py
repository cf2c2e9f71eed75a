"""Where the source articles lie, if they are at hand."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = Path(os.environ.get("DONBAY_SHARED", ROOT.parent / "shared")) / "seeds"
