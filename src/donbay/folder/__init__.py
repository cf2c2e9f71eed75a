"""Folders in, verdicts out: puts packs, tables and engines together."""

from donbay.folder.study import Study, open_folder

__all__ = ["Study", "open_folder"]
