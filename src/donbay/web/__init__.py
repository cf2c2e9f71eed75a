"""The Django site: nouns with tables, bottom up, and the faces that show them."""
