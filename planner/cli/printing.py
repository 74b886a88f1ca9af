"""What the commands say: lines for people, JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.domain.account import Account
from planner.domain.due import Due
from planner.domain.money import Money
from planner.domain.sourced import Span
from planner.i18n import _, explain, ngettext, show
from planner.phrases import Phrase

if TYPE_CHECKING:
    from planner.services.imports import ImportPlan
    from planner.services.plan_progress import PlannedDate

Plain = dict[str, Any]

_IGNORED = Phrase("Not credit, ignored")
_UNANSWERED = Phrase("not said yet")
_ONCE_AGREED = Phrase("once the lender agrees")


def print_line(line: str) -> None:
    """Say one line."""
    click.echo(line)


def print_json(value: Plain) -> None:
    """Print a value as JSON, the same value always in the same way."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def print_dues(title: str, dues: Sequence[Due], accounts: Mapping[str, Account], today: date) -> None:
    """Say some dues, a line each under a title; nothing where there are none."""
    if not dues:
        return
    print_line(title)
    rows = []
    for each in dues:
        notes = [explain(each.standing(today))]
        if each.open_minimum and each.open_minimum < each.open:
            notes.append(_("at least {amount}").format(amount=show(each.open_minimum)))
        name, label = accounts[each.account_id].name, explain(each.label)
        rows.append([show(each.due_on), name, label, show(each.open), ", ".join(notes)])
    print_table(rows, numbers={3})
    print_line("")


def print_planned(title: str, planned: Sequence[PlannedDate]) -> None:
    """Say what a plan means to pay, a line each under a title; nothing where it means to pay nothing."""
    if not planned:
        return
    rows = [
        [
            show(each.missed_on or each.on),
            explain(each.label),
            show(each.amount),
            _standing_of(each),
        ]
        for each in planned
    ]
    print_line(title)
    print_table(rows, numbers={2})
    print_line("")


def _standing_of(each: PlannedDate) -> str:
    if each.missed_on is not None:
        return _("its day has passed")
    return "" if each.is_agreed else explain(_ONCE_AGREED)


def print_table(rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> None:
    """Say some rows with their columns below one another.

    Args:
        rows: The cells of each row; all have as many.
        numbers: The columns that stand on the right, by number.
    """
    for line in table_lines(rows, numbers):
        print_line(line)


def table_lines(rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> Iterator[str]:
    """The lines of a table.

    Args:
        rows: The cells of each row; all have as many.
        numbers: The columns that stand on the right, by number.

    Yields:
        Each line, set in a little.
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            " " * (width - _width(text)) + text if number in numbers else _padded(text, width)
            for number, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(["", *cells]).rstrip()


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def print_import(plan: ImportPlan, names: Mapping[str, str], file: str, *, is_dry_run: bool) -> None:
    """Say what an import records, row by row, or would."""
    recorded, skipped = plan.recorded, plan.skipped
    if is_dry_run:
        words = ngettext(
            "{file}: {count} row would be recorded, {skipped} skipped. Nothing was changed.",
            "{file}: {count} rows would be recorded, {skipped} skipped. Nothing was changed.",
            recorded,
        )
    else:
        words = ngettext(
            "{file}: {count} row was recorded, {skipped} skipped.",
            "{file}: {count} rows were recorded, {skipped} skipped.",
            recorded,
        )
    print_line(words.format(file=file, count=recorded, skipped=skipped))
    for use in plan.methods:
        name = names.get(use.account_id or "", "")
        stands_for = Phrase.own(name) if name else _IGNORED if use.is_answered else _UNANSWERED
        text = Phrase("{method}: {account}", method=use.method, account=stands_for)
        print_line(f"  {explain(text)}")
    for difference in plan.statement.differences:
        text = Phrase(
            "The file says {stated}, its rows give {found}: {what}",
            stated=difference.header,
            found=difference.ours,
            what=difference.what,
        )
        print_line(f"  {explain(text)}")
    for planned in plan.rows:
        row = planned.row
        text = Phrase(
            "Line {line}, {date}, {amount}, {item}: {reason}",
            line=row.line,
            date=row.at.date(),
            amount=row.gross,
            item=row.description or row.merchant,
            reason=planned.reason,
        )
        print_line(f"  {explain(text)}")


def plain_money(money: Money) -> Plain:
    """An amount for programs: exact, and as they may show it."""
    return {"minor": money.minor, "currency": money.currency, "text": str(money).partition(" ")[0]}


def plain_span(span: Span[Money]) -> Plain:
    """A range of amounts for programs."""
    return {"low": plain_money(span.low), "high": plain_money(span.high)}


def plain_account(account: Account) -> Plain:
    """An account for programs: what it is known by."""
    return {"id": account.id, "name": account.name}


def plain_due(each: Due, accounts: Mapping[str, Account], today: date) -> Plain:
    """A due for programs."""
    return {
        "account": plain_account(accounts[each.account_id]),
        "amount": plain_money(each.open),
        "days_late": each.days_late(today),
        "due_on": each.due_on.isoformat() if each.due_on is not None else None,
        "id": each.id,
        "kind": each.kind.value,
        "label": explain(each.label),
        "minimum": plain_money(each.open_minimum),
        "projected": each.projected,
    }


def plain_planned(each: PlannedDate, accounts: Mapping[str, Account]) -> Plain:
    """What a plan means to pay, for programs."""
    return {
        "account": plain_account(accounts[each.account_id]),
        "amount": plain_money(each.amount),
        "is_agreed": each.is_agreed,
        "label": explain(each.label),
        "on": each.on.isoformat(),
        "planned_on": (each.missed_on or each.on).isoformat(),
    }


def plain_import(plan: ImportPlan) -> Plain:
    """The plan with every amount as everywhere in our JSON: minor units, currency and text."""
    currency = plan.statement.currency

    def amount(text: str) -> Plain:
        return plain_money(Money.of(text, currency))

    told = plan.as_json()
    for use in told["methods"]:
        use["total"] = amount(use["total"])
    for entry in told["entries"]:
        entry["amount"], entry["refunded"] = amount(entry["amount"]), amount(entry["refunded"])
    for difference in told["differences"]:
        for name in ("stated", "found"):
            if isinstance(difference[name], str):
                difference[name] = amount(difference[name])
    return told
