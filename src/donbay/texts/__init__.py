"""Words for people: catalogues by language, and how that language writes figures."""

from donbay.texts.catalogue import LANGUAGES, Catalogue, choose_language
from donbay.texts.wording import Wording

__all__ = ["LANGUAGES", "Catalogue", "Wording", "choose_language"]
