"""From resolution to result: public programmes, their reports and their verdicts.

import donbay
study = donbay.open("examples/quang-ninh-06")
study.targets(on="2025-12-31")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from donbay.folder import Study
    from donbay.folder import open_folder as open  # noqa: A004 -- read as donbay.open

__all__ = ["Study", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Nothing is imported before it is asked for: the command must start at once."""
    if name not in __all__:
        raise AttributeError(name)
    from donbay import folder  # noqa: PLC0415 -- see above

    return folder.open_folder if name == "open" else folder.Study
