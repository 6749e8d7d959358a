from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, Span, rule


@rule()
def not_utf8(doc: Document) -> Iterator[Finding]:
    """Bytes that are not UTF-8.

    Why: GitHub and editors show replacement characters, or the file as binary. Nothing else can
    be said of such a file, and it is left alone; convert it (`iconv -f GB18030 -t UTF-8`).

    Bad:

    ```python
    b"caf\\xe9"
    ```

    Good:

    ```python
    b"caf\\xc3\\xa9"
    ```
    """
    at = doc.source.invalid_at
    if at is not None:
        message = f"byte at offset {doc.source.invalid} is not UTF-8, so the file is left unchanged"
        yield Finding(Span(at, at + 1), message)
