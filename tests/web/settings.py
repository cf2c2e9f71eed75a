"""The site's settings for tests: a home that is thrown away, and a quick hasher.

`DONBAY_TEST_DATABASE=postgresql` runs the tests on PostgreSQL, which they start.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HERE = Path(tempfile.mkdtemp(prefix="donbay-tests-"))
atexit.register(shutil.rmtree, HERE, ignore_errors=True)
ON_POSTGRESQL = os.environ.get("DONBAY_TEST_DATABASE") == "postgresql"
os.environ["DONBAY_HOME"] = str(HERE / "home")
os.environ["DONBAY_DATABASE"] = (
    f"postgresql://donbay@/donbay?host={HERE / 'postgresql'}"
    if ON_POSTGRESQL
    else f"sqlite:///{HERE / 'donbay.sqlite3'}"
)
for name in ("DONBAY_DEMO", "DONBAY_HTTPS", "DONBAY_HOSTS", "DONBAY_OIDC_SERVER"):
    os.environ.pop(name, None)

from donbay.web.settings import *  # noqa: E402, F403 -- reads what was just set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False  # axes is what the tests ask
