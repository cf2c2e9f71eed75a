"""Who did what, when, on what, from where: only ever added to, chained by hash."""
