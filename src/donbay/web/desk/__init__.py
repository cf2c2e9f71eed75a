"""The face for officials at work. No models, no rules."""
