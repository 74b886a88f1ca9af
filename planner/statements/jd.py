"""The CSV file that the JD app exports (账单导出).

Its bills, due dates, instalments and fees are not in it, as it says itself; it has what was bought,
refunded and paid. Free text comes first, then the names of the columns, found by what they say and
never by their place, then the rows, which end with one comma more than the names.

Source: a real export (double-entry-generator, example/jd); the words of repayments: ezbookkeeping, jdcom.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from planner.domain.money import Money
from planner.statements.statement import (
    BadAmountError,
    BadQuotesError,
    BadRowError,
    BadTimeError,
    Direction,
    HeaderTotals,
    MissingColumnsError,
    NoHeaderError,
    RefundTooLargeError,
    RowKind,
    RowState,
    Statement,
    StatementRow,
    TruncatedError,
    UnknownDirectionError,
    UnknownStateError,
)
from planner.statements.text import Text

FORMAT = "jd"
CURRENCY = "CNY"

_TIME, _MERCHANT, _DESCRIPTION, _AMOUNT = "交易时间", "商户名称", "交易说明", "金额"
_METHOD, _STATE, _DIRECTION, _ORDER = "收/付款方式", "交易状态", "收/支", "交易订单号"
_CATEGORY = "交易分类"  # the one column that a row can do without
_NEEDED = (_TIME, _MERCHANT, _DESCRIPTION, _AMOUNT, _METHOD, _STATE, _DIRECTION, _ORDER)
_OWN = frozenset({_MERCHANT, _DESCRIPTION})  # names that no other sender uses
_ENOUGH = len(_NEEDED) // 2  # as many names on one line make it the line of the names

_DIRECTIONS = {"支出": Direction.EXPENSE, "收入": Direction.INCOME, "不计收支": Direction.NEUTRAL}
_REPAID = "还款成功"
_STATES = {"交易成功": RowState.SUCCESS, _REPAID: RowState.SUCCESS, "退款成功": RowState.REFUNDED}
_TRY_FIRST = "先享后付"

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.[0-9]{1,2})?"
_AMOUNTS = re.compile(rf"({_NUMBER})\s*(?:\(\s*已(?:(全额)退款|退款\s*({_NUMBER}))\s*\))?")
_TIMES = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})\s+([0-9]{1,2}):([0-9]{2}):([0-9]{2})")
_COUNT = re.compile(r"共:?([0-9]{1,9})笔")
_SUM = re.compile(rf"(收入|支出|不计收支):([0-9]{{1,9}})笔(?:\([^)]*\))?,({_NUMBER})元")
_PERIOD = re.compile(r"日期区间:(\d{4}-\d{2}-\d{2})至(\d{4}-\d{2}-\d{2})", re.ASCII)
# Unicode's full-width forms U+FF01..FF5E. Not NFKC, which would make 102 of 10².
_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)} | {0x3000: 0x20}
_BAITIAO_REPAID = re.compile(r"白条\w{0,4}还款")


@dataclass(frozen=True, slots=True)
class JdAmount:
    """An amount as JD writes it.

    Attributes:
        gross: What was paid.
        refunded: How much of it came back.
    """

    gross: Money
    refunded: Money

    @property
    def net(self) -> Money:
        """What is left after refunds."""
        return self.gross - self.refunded


def parse_amount(text: str, line: int = 1) -> JdAmount:
    """Read ``131.77``, ``131.77(已退款89.84)`` or ``468.32(已全额退款)``.

    Args:
        text: The amount; full-width forms, spaces around it and thousands separators are understood.
        line: Where it stands, for the refusal.

    Raises:
        BadAmountError: It is anything else.
        RefundTooLargeError: More came back than was paid.
    """
    match = _AMOUNTS.fullmatch(_plain(text))
    if not match:
        raise BadAmountError(line=line, text=text.strip())
    gross = _money(match[1])
    refunded = gross if match[2] else _money(match[3] or "0")
    if refunded > gross:
        raise RefundTooLargeError(line=line, refunded=refunded, gross=gross)
    return JdAmount(gross, refunded)


def recognises(text: str) -> bool:
    """Tell whether a text is, or once was, an export of the JD app."""
    return any(
        _plain(line).startswith("京东账号名")
        or (_OWN & set(names) and len(set(names) & set(_NEEDED)) >= _ENOUGH)
        for line, names in _named_lines(text)
    )


def read(text: Text) -> Statement:
    """Read the text of an export of the JD app, whole or not at all.

    Raises:
        StatementError: It cannot be read; the refusal names the line.
    """
    header_line, names = _header(text.text)
    lines = list(io.StringIO(text.text, newline=""))
    preamble = [re.sub(r"\s", "", _plain(line)) for line in lines[: header_line - 1]]
    totals = _totals(preamble)
    records = list(_records(lines[header_line:], header_line + 1))
    if totals.rows not in {None, len(records)}:
        raise TruncatedError(expected=totals.rows, found=len(records))
    _refuse_shifted(records, len(names))
    return Statement(
        format=FORMAT,
        encoding=text.encoding,
        currency=CURRENCY,
        period=_period(preamble),
        header_line=header_line,
        totals=totals,
        rows=tuple(_counted(_row(line, names, fields) for line, fields in records)),
    )


def _plain(text: str) -> str:
    """The text with full-width forms as ASCII, and nothing around it."""
    return text.translate(_HALF_WIDTH).strip()


def _money(number: str) -> Money:
    return Money.of(Decimal(number.replace(",", "")), CURRENCY)


def _named_lines(text: str) -> Iterator[tuple[str, list[str]]]:
    """Every physical line, and its fields as if they were names."""
    for line in io.StringIO(text, newline=""):
        yield line, [_plain(field).strip('"') for field in line.split(",")]


def _header(text: str) -> tuple[int, list[str]]:
    """The line of the column names, and the names."""
    best: tuple[int, list[str]] = (0, [])
    for number, (_, names) in enumerate(_named_lines(text), start=1):
        missing = [name for name in _NEEDED if name not in names]
        if not missing:
            while not names[-1]:
                names.pop()
            return number, names
        if len(missing) <= _ENOUGH and not best[0]:
            best = (number, missing)
    line, missing = best
    if line:
        raise MissingColumnsError(line=line, names="、".join(missing))
    raise NoHeaderError(names="、".join(_NEEDED))


def _totals(preamble: Iterable[str]) -> HeaderTotals:
    """What the file says about itself."""
    totals = HeaderTotals()
    for line in preamble:
        if match := _COUNT.match(line):
            totals = replace(totals, rows=int(match[1]))
        elif match := _SUM.match(line):
            rows, total = int(match[2]), _money(match[3])
            if match[1] == "收入":
                totals = replace(totals, income_rows=rows, income=total)
            elif match[1] == "支出":
                totals = replace(totals, expense_rows=rows, expense=total)
            else:
                totals = replace(totals, neutral_rows=rows, neutral=total)
    return totals


def _period(preamble: Iterable[str]) -> tuple[date, date] | None:
    """The first and the last day, or None where they are not stated or no days at all."""
    match = next(filter(None, map(_PERIOD.match, preamble)), None)
    if not match:
        return None
    try:
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _records(lines: Sequence[str], first: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the physical line on which it begins."""
    reader = csv.reader(lines, strict=True)
    while True:
        line = first + reader.line_num
        try:
            fields = [field.strip() for field in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise BadQuotesError(line=line) from error
        if any(fields):
            yield line, fields


def _refuse_shifted(records: Sequence[tuple[int, list[str]]], columns: int) -> None:
    """Refuse rows whose fields may stand under the wrong names.

    Raises:
        BadRowError: A row is not as wide as the columns, give or take one blank field at the end, or
            not as wide as the others.
    """
    width = columns + 1 if records and len(records[0][1]) > columns else columns
    for line, fields in records:
        if len(fields) != width or any(fields[columns:]):
            raise BadRowError(line=line, found=len(fields), expected=width)


def _row(line: int, names: list[str], fields: list[str]) -> StatementRow:
    """One row, read by the names of its columns."""
    cells = dict(
        zip(reversed(names), reversed(fields[: len(names)]), strict=True)
    )  # of two equal names the first
    amount = parse_amount(cells[_AMOUNT], line)
    if cells[_STATE] not in _STATES:
        raise UnknownStateError(line=line, text=cells[_STATE])
    if cells[_DIRECTION] not in _DIRECTIONS:
        raise UnknownDirectionError(line=line, text=cells[_DIRECTION])
    return StatementRow(
        line=line,
        at=_time(cells[_TIME], line),
        merchant=cells[_MERCHANT],
        description=cells[_DESCRIPTION],
        gross=amount.gross,
        refunded=amount.refunded,
        method=cells[_METHOD],
        state=_STATES[cells[_STATE]],
        direction=_DIRECTIONS[cells[_DIRECTION]],
        kind=_kind(cells, amount),
        category=cells.get(_CATEGORY, ""),
        order_number=cells[_ORDER],
    )


def _time(text: str, line: int) -> datetime:
    match = _TIMES.fullmatch(text)
    if not match:
        raise BadTimeError(line=line, text=text)
    year, _, month, day, hour, minute, second = match.groups()
    try:
        # A time without a zone, as the sender writes it.
        return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}:{second}")
    except ValueError as error:
        raise BadTimeError(line=line, text=text) from error


def _kind(cells: Mapping[str, str], amount: JdAmount) -> RowKind:
    """What a row is about, by JD's own words."""
    direction, description = _DIRECTIONS[cells[_DIRECTION]], cells[_DESCRIPTION]
    category = cells.get(_CATEGORY, "")
    uncounted = direction is Direction.NEUTRAL
    price_fell = uncounted and "价保退款" in description
    if _STATES[cells[_STATE]] is RowState.REFUNDED or description.startswith("退款-") or price_fell:
        return RowKind.REFUND
    if uncounted and (_TRY_FIRST in cells[_METHOD] or _TRY_FIRST in category):
        return RowKind.PROVISIONAL
    # A book may be called 还款 too, so an expense is a repayment only where it says of what.
    words = f"{description} {category}"
    if cells[_STATE] == _REPAID or _BAITIAO_REPAID.search(words) or (uncounted and "还款" in words):
        return RowKind.REPAYMENT
    # A purchase that came back whole no longer counts as an expense.
    if direction is Direction.EXPENSE or (uncounted and amount.refunded):
        return RowKind.PURCHASE
    return RowKind.OTHER


def _counted(rows: Iterable[StatementRow]) -> Iterator[StatementRow]:
    """The rows, those of one identity numbered in their order: they are as many payments, not one."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.key] += 1
        yield row if seen[row.key] == 1 else replace(row, occurrence=seen[row.key])
