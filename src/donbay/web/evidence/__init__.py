"""Documents read for a place: what they claim, and what became of each claim."""
