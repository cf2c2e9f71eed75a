"""What an office sends for a round, and its review."""
