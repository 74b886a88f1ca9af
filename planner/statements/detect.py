"""Any file to a statement: which format it has, or what it looks like instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from planner.phrases import Phrase
from planner.statements import jd
from planner.statements.statement import NotAStatementError, Statement, UnknownFormatError
from planner.statements.text import Text, decode


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that can be read.

    Attributes:
        recognises: Tells whether a text has the format.
        read: Reads it, whole or not at all.
    """

    recognises: Callable[[str], bool]
    read: Callable[[Text], Statement]


READERS = (Reader(jd.recognises, jd.read),)

_PICTURE = Phrase("a picture")
_WORKBOOK = Phrase("an Excel workbook")
_OLD_OFFICE = Phrase("an Excel or Word file")
_ARCHIVE = Phrase("an archive that has to be unpacked first")
_WEB_PAGE = Phrase("a web page")

_STARTS = (
    (b"%PDF", Phrase("a PDF document")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"\xd0\xcf\x11\xe0", _OLD_OFFICE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (
        b"SQLite format 3\0",
        Phrase("a database, maybe a file of this program, which is opened and not imported"),
    ),
    (b"{\\rtf", Phrase("a text document")),
)
_ENDINGS = {
    ".xlsx": _WORKBOOK,
    ".docx": Phrase("a Word document"),
    ".ods": Phrase("a LibreOffice workbook"),
    ".numbers": Phrase("an Apple Numbers workbook"),
}

# Words of the first lines, or the names of columns that only this sender has.
_SENDERS = (
    (("支付宝",), Phrase("an Alipay export")),
    (("交易分类", "交易对方", "商品说明"), Phrase("an Alipay export")),
    (("微信支付账单",), Phrase("a WeChat Pay export")),
    (("交易类型", "交易对方", "当前状态"), Phrase("a WeChat Pay export")),
    (("美团",), Phrase("a Meituan export")),
    (("交易创建时间", "交易成功时间", "订单标题"), Phrase("a Meituan export")),
    (("OFXHEADER",), Phrase("an OFX bank file")),
    (("<OFX>",), Phrase("an OFX bank file")),
    (("!Type:",), Phrase("a QIF bank file")),
    (("urn:iso:std:iso:20022",), Phrase("a CAMT bank file")),
)
_FIRST_LINES = 40


def read_statement(data: bytes, name: str = "") -> Statement:
    """Read a file, whole or not at all.

    Args:
        data: All of its bytes.
        name: What it is called, which tells some kinds of files apart.

    Raises:
        StatementError: It cannot be read; the refusal says what it looks like, or names the line.
    """
    _refuse_other_kinds(data, name)
    text = decode(data)
    for reader in READERS:
        if reader.recognises(text.text):
            return reader.read(text)
    start = text.text.lstrip()[:200].lower()
    if start.startswith(("<!doctype html", "<html")):
        raise NotAStatementError(kind=_WEB_PAGE)
    raise UnknownFormatError(kind=_sender(text.text))


def _refuse_other_kinds(data: bytes, name: str) -> None:
    """Refuse what is no text, by the bytes it begins with.

    Raises:
        NotAStatementError: It is of a kind that is never text.
    """
    if data.startswith(b"PK\x03\x04"):
        if b"xl/" in data:
            raise NotAStatementError(kind=_WORKBOOK)
        raise NotAStatementError(kind=_ENDINGS.get(PurePath(name).suffix.lower(), _ARCHIVE))
    for start, kind in _STARTS:
        if data.startswith(start):
            raise NotAStatementError(kind=kind)


def _sender(text: str) -> Phrase:
    """Whose table it looks like."""
    first = "\n".join(text.splitlines()[:_FIRST_LINES])
    for words, kind in _SENDERS:
        if all(word in first for word in words):
            return kind
    return Phrase("a table of another kind")
