"""Files of reports that an office brings: looked over first, then entered whole."""
