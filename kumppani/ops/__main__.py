"""`python -m kumppani.ops COMMAND …`: the same as `kumppani COMMAND …`, for a process that starts another one."""

from __future__ import annotations

import sys

from kumppani.ops.cli import main

if __name__ == "__main__":
    sys.exit(main())
