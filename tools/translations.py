"""Finds sentences of the interface that Finnish or Swedish readers would get in English, or wrongly filled in.

.venv/bin/python -m tools.translations            names every missing, empty or fuzzy translation
.venv/bin/python -m tools.translations update     brings locale/ up to date with the code and the templates
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fi", "sv")
SOURCES = ("*.py", "*.html", "*.txt", "*.xml")
CATALOGUE = "locale/{}/LC_MESSAGES/django.po"
EMPTY = re.compile(r'^msgstr(?:\[\d\])? ""\n(?!")', re.MULTILINE)


def findings(root: Path = ROOT) -> Iterator[str]:
    """One line for each sentence without a translation; nothing in the tree is changed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        for source in (path for pattern in SOURCES for path in (root / "kumppani").rglob(pattern)):
            target = copy / source.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        if (root / "locale").exists():
            shutil.copytree(root / "locale", copy / "locale")
        extract(copy)
        for language in LANGUAGES:
            yield from _of_language(copy / CATALOGUE.format(language), CATALOGUE.format(language))


def extract(root: Path) -> None:
    """Brings the catalogues under `root` up to date with the sentences in its code and templates."""
    (root / "locale").mkdir(parents=True, exist_ok=True)
    languages = [f"--locale={language}" for language in LANGUAGES]
    ignored = [f"--ignore={name}" for name in ("tests", "tools", "bench", "var", "node_modules")]
    how = ["--extension=html,txt,py,xml", "--no-obsolete", "--add-location=file"]
    # Not under our settings: the command then needs neither a database nor the installed applications.
    command = [sys.executable, "-m", "django", "makemessages", *languages, *ignored, *how]
    subprocess.run(command, cwd=root, env=_environment(), check=True, stdout=subprocess.DEVNULL)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def _of_language(catalogue: Path, name: str) -> Iterator[str]:
    if not catalogue.exists():
        return
    for entry in catalogue.read_text().split("\n\n")[1:]:
        if "\n#, fuzzy" in f"\n{entry}":
            yield f"{name}: fuzzy: {_sentence(entry)}"
        elif EMPTY.search(f"{entry}\n"):
            yield f"{name}: missing: {_sentence(entry)}"
    checked = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", catalogue], capture_output=True, text=True, check=False)
    if checked.returncode:
        yield from (f"{name}: {line.rpartition('django.po:')[2]}" for line in checked.stderr.splitlines())


def _sentence(entry: str) -> str:
    """The English sentence of an entry, with where it stands."""
    words = re.search(r'^msgid ((?:".*"\n?)+)', entry, re.MULTILINE)
    places = " ".join(line[3:] for line in entry.splitlines() if line.startswith("#: "))
    sentence = "".join(re.findall(r'"(.*)"', words[1])) if words else entry
    return f"“{sentence}” ({places})"


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        extract(ROOT)
    elif found := list(findings()):
        raise SystemExit("\n".join(found))
