"""What an inspector should look at first, and what was dismissed with a reason."""
