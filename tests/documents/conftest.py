"""The source articles lie outside the repository: a bare machine has none of them."""

from tests.documents.articles import SEEDS

collect_ignore = [] if SEEDS.is_dir() else ["test_traps_of_the_articles.py"]
