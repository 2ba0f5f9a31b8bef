"""XML as bytes, with what XML cannot carry taken out."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

# XML 1.0, production 2: every other character may not stand in a document, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(words: str) -> str:
    """Words with every character that XML forbids shown as a replacement character."""
    return _FORBIDDEN.sub("\ufffd", words)


def add(parent: Element, name: str, words: str | None = None, /, **attributes: str) -> Element:
    """Adds an element, with words in it and attributes."""
    element = SubElement(parent, name, {key: safe(value) for key, value in attributes.items()})
    if words is not None:
        element.text = safe(words)
    return element


def document(root: Element) -> bytes:
    """The document in UTF-8."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode()
