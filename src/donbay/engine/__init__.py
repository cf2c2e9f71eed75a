"""Domain objects and tables in, verdicts out: two engines that check each other."""
