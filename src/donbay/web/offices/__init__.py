"""Offices, people, and the dated roles that say who may do what, where."""
