"""Published figures that the user types: written as the sheets are that come with the program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.domain.dates import Cycle, DaysAfter, FixedDay
from planner.domain.ids import new_id
from planner.domain.law.caps import Cap
from planner.domain.published import Published
from planner.domain.sourced import Reliability, Source
from planner.domain.terms import TermClaim, Terms
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.catalogue import caps, keep
from planner.store.store import Store

Row = Mapping[str, object]


class SinceAfterUntilError(PlannerError):
    """A time that ends before it begins."""

    message = N_("The last day lies before the first.")


class NoAmountBetweenError(PlannerError):
    """Amounts that end before they begin."""

    message = N_("No amount is above the first of the two and up to the second.")


@dataclass(frozen=True, slots=True)
class TypedCap:
    """A row of a legal line as it is typed.

    Attributes:
        country: ISO 3166 code.
        line: The line it goes on with; empty for a new one.
        title: What a new line is.
        value: How high it is, as a fraction.
        since: The first day.
        until: The last day; None while it holds.
        above, up_to: For amounts above the one and up to the other; None without an end.
        currency: ISO 4217 of these amounts.
        source: Who says so.
        reliability: How far that can be trusted.
    """

    country: str
    line: str
    title: str
    value: Decimal
    since: date
    until: date | None
    above: Decimal | None
    up_to: Decimal | None
    currency: str
    source: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class TypedRate:
    """A reference rate as it is typed.

    Attributes:
        country: ISO 3166 code.
        name: Such as LPR1Y.
        on: The day on which it was fixed.
        value: As a fraction.
        source: Who says so.
        reliability: How far that can be trusted.
    """

    country: str
    name: str
    on: date
    value: Decimal
    source: str
    reliability: Reliability


def lines_of(store: Store) -> tuple[Cap, ...]:
    """The newest row of each legal line in force, by country as they are written."""
    newest: dict[tuple[str, str], Cap] = {}
    for cap in sorted(caps(store).caps, key=lambda cap: cap.since):
        if not cap.is_history:
            newest[cap.country, cap.line] = cap
    return tuple(newest.values())


def add_cap(store: Store, typed: TypedCap, today: date) -> Published:
    """Keep a row of a legal line that the user typed, dated today.

    Raises:
        SinceAfterUntilError: Its time ends before it begins.
        NoAmountBetweenError: Its amounts end before they begin.
        DataFileError: A text in it has signs that no text has.
    """
    if typed.until is not None and typed.until < typed.since:
        raise SinceAfterUntilError
    if typed.up_to is not None and typed.up_to <= (typed.above or 0):
        raise NoAmountBetweenError
    known = {(cap.country, cap.line): cap for cap in lines_of(store)}
    like = known.get((typed.country, typed.line))
    has_band = typed.above is not None or typed.up_to is not None
    row: dict[str, object] = {
        "line": typed.line or _fresh_key(),
        "title": like.title if like is not None else typed.title,
        "text": like.scope if like is not None else "",
        "from": typed.since,
        "until": typed.until,
        "above": typed.above,
        "up_to": typed.up_to,
        "currency": typed.currency if has_band else "",
        "value": typed.value,
        "basis": like.basis.value if like is not None else None,
        "source": typed.source,
        "reliability": typed.reliability.value,
    }
    return _keep_lines(store, typed.country, str(row["title"]), {"cap": [row]}, today)


def add_rate(store: Store, typed: TypedRate, today: date) -> Published:
    """Keep a fixing of a reference rate that the user typed, dated today.

    Raises:
        DataFileError: A text in it has signs that no text has.
    """
    row: dict[str, object] = {
        "name": typed.name,
        "on": typed.on,
        "value": typed.value,
        "source": typed.source,
        "reliability": typed.reliability.value,
    }
    return _keep_lines(store, typed.country, typed.name, {"rate": [row]}, today)


def _keep_lines(
    store: Store, country: str, title: str, rows: Mapping[str, Sequence[Row]], today: date
) -> Published:
    head: Row = {"id": _fresh_key(), "title": title, "country": country, "checked": today}
    return keep(store, _written(head, rows), today, by_hand=True)


@dataclass(frozen=True, slots=True)
class TypedProduct:
    """A product as it is typed.

    Attributes:
        name: Its name.
        lender: Who lends; may be empty.
        country: ISO 3166 code; may be empty.
        currency: ISO 4217.
        account_id: The account whose cycle and terms it takes over; empty for none.
    """

    name: str
    lender: str
    country: str
    currency: str
    account_id: str = ""


def add_product(
    store: Store, typed: TypedProduct, today: date, say: Callable[[Source], str] = str
) -> Published:
    """Keep a product that the user typed, dated today, with what counts on one of the accounts.

    Args:
        store: The open file.
        typed: The product.
        today: The day.
        say: Puts a source into words: what the user knows from a contract is published nowhere.

    Raises:
        DataFileError: A text in it has signs that no text has.
    """
    head: Row = {
        "id": _fresh_key(),
        "name_text": typed.name,
        "lender_text": typed.lender,
        "country": typed.country,
        "currency": typed.currency,
        "checked": today,
    }
    rows: dict[str, Sequence[Row]] = {}
    account = store.accounts.find(typed.account_id) if typed.account_id else None
    if account is not None:
        rows["cycle"] = [_cycle_row(account.cycle)]
        rows["claim"] = [_claim_row(claim, today, say) for claim in _counting(account.terms)]
    return keep(store, _written(head, rows), today, by_hand=True)


def _counting(terms: Terms) -> Iterator[TermClaim]:
    """The claims that count: of each term the user's own, else what is published."""
    for term, about in dict.fromkeys((claim.term, claim.about) for claim in terms.claims):
        alike = [claim for claim in terms.of(term) if claim.about == about]
        yield from [claim for claim in alike if claim.source.origin.is_own][-1:] or alike


def _claim_row(claim: TermClaim, today: date, say: Callable[[Source], str]) -> Row:
    source = claim.source
    is_own = source.origin.is_own
    reliability = Reliability.HIGH if source.reliability is Reliability.CONTRACT else source.reliability
    return {
        "term": claim.term.value,
        "about": claim.about,
        "value": claim.text,
        "source": say(source) if is_own else source.name,
        "checked": source.checked or today,
        "reliability": reliability.value,
    }


def _cycle_row(cycle: Cycle) -> Row:
    due = cycle.due
    return {
        "mode": cycle.mode.value,
        "statement_day": cycle.statement_day,
        "due_day": due.day if isinstance(due, FixedDay) else None,
        "due_days_after": due.days if isinstance(due, DaysAfter) else None,
        "closes_after": cycle.closes_after,
        "shift": cycle.shift.value,
    }


# --- as TOML ---------------------------------------------------------------------------------------


def _fresh_key() -> str:
    return f"own-{new_id()[:12]}"


def _written(head: Row, rows: Mapping[str, Sequence[Row]]) -> str:
    """A file with some fields and then its tables; what is None or empty is left out."""
    lines = list(_fields(head))
    for name, tables in rows.items():
        for table in tables:
            lines += ["", f"[[{name}]]", *_fields(table)]
    return "\n".join(lines) + "\n"


def _fields(row: Row) -> Iterator[str]:
    for name, value in row.items():
        if value is not None and (value != "" or name == "lender_text"):
            yield f"{name} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    # A JSON string is one of TOML too, but for the sign DEL, which no keyboard types.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
