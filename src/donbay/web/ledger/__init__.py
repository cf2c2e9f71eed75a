"""What was reported: rows that are only ever added, in batches chained by hash."""
