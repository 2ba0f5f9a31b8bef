"""Writes docs/reference from the code (statuses and acts with diagrams, permissions, fields, environment) and docs/glossary.md from its data."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.conf import settings

from kumppani.access.terms import glossary
from kumppani.ops.glossary import glossary_page
from kumppani.ops.reference_pages import written

FOLDER = settings.ROOT_FOLDER / "docs" / "reference"


def add_arguments(parser: ArgumentParser) -> None:
    """It has no options."""


def run(options: Namespace) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in written().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
        print(f"docs/reference/{name}")
    (FOLDER.parent / "glossary.md").write_text(glossary_page(glossary()), encoding="utf-8")
    print("docs/glossary.md")
