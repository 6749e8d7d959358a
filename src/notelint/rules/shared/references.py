"""Helpers of the rules on reference links and their definitions."""

from __future__ import annotations

import re

from notelint.markdown.definitions import Definition
from notelint.markdown.document import Document
from notelint.text.startup import lazy_regex

# A generator puts another file in here, with definitions and uses of its own.
_INCLUDES = lazy_regex(
    r"""^\s*--8<--\s | \{%-?\s*(?:include|import|render) | \{\{\s*\#include | \{\{[<%]\s
      | ^\{!.+!\}\s*$ | <!--\s*@?include | ^@\[?(?:include|import)\b | ^!?\[+!?include
      | ^\.\.\s+include:: | ^:::\s*include | \[!include | ^!!!\s*include | <Include\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# One of these is in every form of it; most notes have none, and looking for one is quick.
_SIGNS = ("nclude", "NCLUDE", "--8<--", "{%", "{{", "{!", "@import", "@[import")
# Forms of a comment that people borrow from definitions: `[//]: # (text)`, `[comment]: <> (text)`.
_COMMENT_LABEL = lazy_regex(r"comments?|todo|note|hidden|meta(?:data)?|[\W_]*|_.*_", re.IGNORECASE)
_COMMENT_TARGETS = frozenset({"", "#", "-", "/", ".", "//"})


def may_be_incomplete(doc: Document) -> bool:
    """Whether definitions or references may be in another file.

    One is included here, or the note is nothing but definitions.
    """
    text = doc.source.text
    signs = [sign for sign in _SIGNS if sign in text]
    for line in text.split("\n") if signs else ():
        if any(sign in line for sign in signs) and _INCLUDES.search(line):
            return True
    return not (doc.prose or doc.html_blocks)


def is_comment(definition: Definition) -> bool:
    """Whether *definition* is there to hide a remark, and no link is meant to use it."""
    return definition.target in _COMMENT_TARGETS or bool(_COMMENT_LABEL.fullmatch(definition.key))
