"""Write a large file of invented records, to see how fast the program is.

    .venv/bin/python packaging/generate.py FILE [--rows 100000] [--years 10] [--lenders 20] [--seed 1]

Every month each lender bills purchases and instalments, and is paid on the due date; the last two
months are open. The same arguments on the same day give the same records.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode, add_months
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.plans.schedule import flat_fee
from planner.domain.purchase import Purchase
from planner.domain.rate import Per, Rate
from planner.services.accounts import account_from
from planner.store.catalogue import products
from planner.store.repository import HasId, Repository
from planner.store.store import Store

_OPEN_MONTHS = 2
_PLAN_MONTHS = 12
_PLANS_A_YEAR = 2
# What a lender's month holds beside its purchases and their lines: a bill, a payment, and for each of
# two running plans a row and a line.
_OTHER_ROWS = 2 + 2 * _PLANS_A_YEAR


@dataclass(slots=True)
class _Rows:
    """The rows to insert, by table."""

    tables: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    def add(self, repository: Repository[Any], value: HasId) -> None:
        """Add a value and what belongs to it."""
        self.tables.setdefault(repository.table, []).append(repository.to_row(value))
        for table, rows in repository.part_rows(value).items():
            parent = repository.parts[table]
            for position, row in enumerate(rows):
                whole = {**row, parent: value.id, "position": position}
                self.tables.setdefault(table, []).append(whole)


def generate(
    path: Path,
    rows: int = 100_000,
    years: int = 10,
    lenders: int = 20,
    seed: int = 1,
    today: date | None = None,
) -> dict[str, int]:
    """Write a file with about so many rows; return how many each table has.

    Args:
        path: The file; it must not be there yet.
        rows: About how many rows of purchases, bills, lines, plan rows and payments.
        years: How far back they go.
        lenders: On how many accounts.
        seed: Which random numbers.
        today: The day they lead up to.
    """
    if path.exists():
        raise FileExistsError(path)
    today = today or date.today()  # noqa: DTZ011 - the user's local day is what is meant
    random = Random(seed)  # noqa: S311 - nothing is to be kept secret
    purchases = max(1, round((rows / (years * 12 * lenders) - _OTHER_ROWS) / 2))
    store = Store.create(path)
    with closing(store.connection):
        made = _Rows()
        for number in range(lenders):
            _lender(made, store, random, number, _months(today, years), purchases)
        _insert(store, made)
        store.ledgers.summarise(today)
        counts = {table: len(values) for table, values in made.tables.items()}
        counts["settled"] = store.connection.execute("SELECT count(*) FROM settled").fetchone()[0]
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return counts


def _months(today: date, years: int) -> list[date]:
    """The statement dates, oldest first; the newest is this month's."""
    newest = today.replace(day=1)
    return [add_months(newest, -months) for months in range(years * 12 - 1, -1, -1)]


def _lender(
    made: _Rows, store: Store, random: Random, number: int, statements: list[date], purchases: int
) -> None:
    account = _account(random, number)
    made.add(store.accounts, account)
    plans = list(_plans(random, account, statements))
    for plan in plans:
        made.add(store.plans, plan)
    rows: dict[date, list[tuple[InstalmentPlan, Instalment]]] = {}
    for plan in plans:
        for row in plan.rows:
            rows.setdefault(row.due_on, []).append((plan, row))
    for statement_on in statements:
        bought = list(_purchases(random, account, add_months(statement_on, -1), statement_on, purchases))
        for purchase in bought:
            made.add(store.purchases, purchase)
        due_on = statement_on.replace(day=10)
        bill = _bill(random, account, statement_on, due_on, bought, rows.get(due_on, []))
        made.add(store.bills, bill)
        if statement_on not in statements[-_OPEN_MONTHS:]:
            made.add(
                store.payments, Payment(account.id, bill.amount, due_on, number % 2 == 0, id=_id(random))
            )


def _account(random: Random, number: int) -> Account:
    known = products()[number % len(products())]
    account = account_from(
        known, f"{known.name} {number + 1}", ("CNY", "CNY", "CNY", "EUR", "USD")[number % 5]
    )
    return replace(
        account,
        id=_id(random),
        limit=Money(2_000_000, account.currency),
        cycle=Cycle(Mode.BILL, 1, FixedDay(10)),
        services=tuple(replace(service, id=_id(random)) for service in account.services),
    )


def _plans(random: Random, account: Account, statements: list[date]) -> Iterator[InstalmentPlan]:
    """Two plans a year, each over twelve months: two run at any time."""
    for start in statements[:: 12 // _PLANS_A_YEAR]:
        principal = Money(random.randrange(100_000, 900_000), account.currency)
        dues = [add_months(start.replace(day=10), month) for month in range(_PLAN_MONTHS)]
        rows = flat_fee(principal, dues, Rate.percent("0.5", Per.MONTH))
        kept = tuple(replace(row, id=_id(random)) for row in rows)
        yield InstalmentPlan(account.id, "Instalments", principal, kept, len(kept), id=_id(random))


def _purchases(random: Random, account: Account, first: date, until: date, count: int) -> Iterator[Purchase]:
    days = (until - first).days
    for _ in range(count):
        yield Purchase(
            account.id,
            Money(random.randrange(500, 60_000), account.currency),
            first + timedelta(days=random.randrange(days)),
            f"Shop {random.randrange(200)}",
            "Something",
            order_number=str(random.randrange(10**11, 10**12)),
            id=_id(random),
        )


def _bill(
    random: Random,
    account: Account,
    statement_on: date,
    due_on: date,
    bought: Iterable[Purchase],
    rows: Iterable[tuple[InstalmentPlan, Instalment]],
) -> Bill:
    lines = [BillLine(LineKind.PURCHASE, one.amount, one.id, one.merchant, _id(random)) for one in bought]
    lines += [
        BillLine(
            LineKind.INSTALMENT, row.total, row.id, f"{plan.name} {row.number}/{plan.count}", _id(random)
        )
        for plan, row in rows
    ]
    amount = sum_of((line.amount for line in lines), account.currency)
    return Bill(
        account.id,
        statement_on,
        due_on,
        tuple(lines),
        Money(amount.minor // 10, amount.currency),
        id=_id(random),
    )


def _id(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"


def _insert(store: Store, made: _Rows) -> None:
    # Past the journal, which reads every row before it writes it: nobody is going to undo this.
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in made.tables.items():
        names = ", ".join(rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names
    connection.execute("COMMIT")


def main(arguments: list[str]) -> int:
    """Write a file as the command line says, and print what is in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--lenders", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat)
    wanted = parser.parse_args(arguments)
    began = time.perf_counter()
    try:
        counts = generate(wanted.file, wanted.rows, wanted.years, wanted.lenders, wanted.seed, wanted.today)
    except FileExistsError:
        print(f"{wanted.file} is there already", file=sys.stderr)
        return 1
    for table, count in counts.items():
        print(f"{table:16} {count:>10,}")
    size = wanted.file.stat().st_size / 1e6
    print(f"{sum(counts.values()):,} rows, {size:.1f} MB, {time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
