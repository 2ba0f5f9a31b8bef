"""Writes docs/reference from the code: statuses and acts with their diagrams, permissions, fields, environment."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.conf import settings

from kumppani.ops.reference_pages import written

FOLDER = settings.ROOT_FOLDER / "docs" / "reference"


def add_arguments(parser: ArgumentParser) -> None:
    """It has no options."""


def run(options: Namespace) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in written().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
        print(f"docs/reference/{name}")
