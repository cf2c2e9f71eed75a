"""Decisions that change the places: rehearsed, applied whole, undone while they may."""
