"""Measures what a reader waits for, in one run with the floor it is held against: python -m bench [pages|journal|search|workbook …]."""

from __future__ import annotations

import sys

from bench import journal, pages, search, workbook

BENCHES = {"pages": pages.run, "journal": journal.run, "search": search.run, "workbook": workbook.run}


def main() -> int:
    """Runs the benches named, or all."""
    wanted = sys.argv[1:] or list(BENCHES)
    if unknown := [name for name in wanted if name not in BENCHES]:
        print(f"bench: there is no bench “{unknown[0]}”; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    return max(BENCHES[name]() for name in wanted)


sys.exit(main())
