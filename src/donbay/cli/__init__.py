"""The command: words in, tables and exit codes out. No rule lives here."""

from donbay.cli.command import main

__all__ = ["main"]
