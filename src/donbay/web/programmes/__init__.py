"""Programmes, the pack editions in force, who takes part, and rounds of reporting."""
