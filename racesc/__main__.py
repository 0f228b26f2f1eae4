"""`python -m racesc` is the `racesc` command."""

from __future__ import annotations

import sys

from racesc.cli import main

if __name__ == "__main__":
    sys.exit(main())
