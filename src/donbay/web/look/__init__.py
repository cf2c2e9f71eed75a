"""How every page looks: frame, style, words and figures. No models, no rules."""
