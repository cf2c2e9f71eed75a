"""The site's settings, with a server that can be told to kill itself."""

from donbay.web.settings import *  # noqa: F403 -- all of them
from donbay.web.settings import MIDDLEWARE as THEIRS

MIDDLEWARE = ["tests.web.kills.killer.deadly", *THEIRS]
ROOT_URLCONF = "tests.web.kills.urls"
