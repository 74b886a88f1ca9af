"""Bytes to text: by the byte order mark, else as strict UTF-8, else as GB18030 if that reads as Chinese."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from planner.phrases import Phrase
from planner.statements.statement import EmptyFileError, EncodingError, NotAStatementError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 20_000  # characters that are looked at to tell whether a text reads as Chinese
_MOSTLY = 0.7

# GB 2312 begins with punctuation and full-width forms (from A1A1); its level 1, the 3,755 characters of
# daily use, ends at D7F9. UTF-8 read as GBK by mistake gives characters of level 2 instead (E4..E9 lead).
_FIRST, _LAST = b"\xa1\xa1", b"\xd7\xf9"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file.

    Attributes:
        text: Its characters, without the byte order mark.
        encoding: How they were encoded: utf-8, utf-16-le, utf-16-be or gb18030.
    """

    text: str
    encoding: str


def decode(data: bytes) -> Text:
    """The text of a file.

    Raises:
        EmptyFileError: There is nothing in it.
        EncodingError: It has a line that cannot be read.
        NotAStatementError: It is not text at all.
    """
    mark, encoding = next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        chinese = None if mark else _chinese(body)
        if chinese is None:
            line = body[: error.start].decode(encoding, errors="replace").count("\n") + 1
            raise EncodingError(line=line) from error
        text, encoding = chinese, "gb18030"
    if "\0" in text:
        raise NotAStatementError(kind=Phrase("a file that is not text"))
    if not text.strip():
        raise EmptyFileError
    return Text(text, encoding)


def _chinese(data: bytes) -> str | None:
    """The bytes as GB18030, or None if they are not or do not read as Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    beyond = [char.encode("gb18030") for char in text[:_SAMPLE] if not char.isascii()]
    ordinary = sum(
        len(code) == len(_FIRST) and _FIRST <= code <= _LAST and code[1] >= _FIRST[1] for code in beyond
    )
    return text if ordinary > _MOSTLY * len(beyond) else None
