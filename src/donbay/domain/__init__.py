"""What is meant: the nouns of a programme. Standard library only, no I/O, no clock."""
