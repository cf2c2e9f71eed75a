"""Values and verdicts kept for serving, and the one way by which rows reach them."""
