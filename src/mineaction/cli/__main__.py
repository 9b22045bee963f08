"""`python -m mineaction.cli` is the command `mineaction`."""

from __future__ import annotations

import sys

from mineaction.cli import main

if __name__ == "__main__":
    sys.exit(main())
