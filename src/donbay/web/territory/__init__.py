"""Places with dated versions, and the successions that join them."""
