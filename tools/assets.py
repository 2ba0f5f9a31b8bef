"""Takes styles, fonts and scripts out of node_modules into var/assets/vendor, where Django's static files are looked for.

No bundler: the styles of the design system are joined unchanged, the rest is copied.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
TARGET = ROOT / "var/assets/vendor"

# Never fonts.css (it loads a font from another host), nor the logo, the koros or the brand colours of the City of Helsinki.
HDS = [
    "base",
    *(
        f"components/{part}/{part}"
        for part in (
            "button",
            "text-input",
            "radio-button",
            "checkbox",
            "notification",
            "error-summary",
            "fieldset",
        )
    ),
]
COPIES = {
    "@fontsource-variable/familjen-grotesk/files/familjen-grotesk-latin-wght-normal.woff2": "fonts/familjen-grotesk-latin-wght-normal.woff2",
    "@fontsource-variable/familjen-grotesk/LICENSE": "fonts/familjen-grotesk.LICENSE.txt",
    "@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2": "fonts/hanken-grotesk-latin-wght-normal.woff2",
    "@fontsource-variable/hanken-grotesk/LICENSE": "fonts/hanken-grotesk.LICENSE.txt",
    "hds-core/LICENSE": "hds.LICENSE.txt",
    "@alpinejs/csp/dist/cdn.min.js": "alpine.js",
}
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL.*?\*/")


def copy() -> None:
    """Does nothing while the copies are newer than what they are made from."""
    done = TARGET / "hds.css"
    made_from = [Path(__file__), MODULES / "installed"]
    if done.exists() and all(done.stat().st_mtime >= path.stat().st_mtime for path in made_from):
        return
    shutil.rmtree(TARGET, ignore_errors=True)
    for source, name in COPIES.items():
        target = TARGET / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, target)
    done.write_text(joined_styles())


def joined_styles() -> str:
    """The chosen parts of hds-core in one file, without references to maps that are not served."""
    parts = [(MODULES / f"hds-core/lib/{part}.min.css").read_text() for part in HDS]
    return "\n".join(["/* hds-core, MIT, City of Helsinki: unchanged files, joined. */", *(SOURCE_MAP.sub("", part) for part in parts)])
