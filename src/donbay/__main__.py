"""`python -m donbay` is the command."""

import sys

from donbay.cli import main

sys.exit(main())
