"""Many rows at once are written, remembered and taken back exactly as one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.ids import new_id
from planner.domain.money import Money
from planner.domain.purchase import Purchase, Refund
from planner.store.changes import Changes, inverse
from planner.store.journal import StaleStepError
from planner.store.store import Store
from tests.stores import empty_store

MANY = 1_203  # more than two batches, and not a whole number of them
FIRST = date(2024, 1, 1)
ACCOUNT = Account("Card", "Bank", "CNY")


def purchases() -> list[Purchase]:
    return [
        Purchase(
            ACCOUNT.id,
            Money(1_000 + number, "CNY"),
            FIRST + timedelta(days=number),
            refunds=(Refund(Money(10, "CNY"), FIRST),) * (number % 3 == 0),
        )
        for number in range(MANY)
    ]


def contents(store: Store) -> list[tuple[object, ...]]:
    """Every row, whatever the order in which it was written."""
    tables = ("accounts", "purchases", "refunds")
    return [
        tuple(row)
        for table in tables
        for row in store.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()  # noqa: S608 - our own names
    ]


def opened() -> Store:
    store = empty_store()
    with store.transaction():
        store.accounts.save(ACCOUNT)
    return store


def save(store: Store, values: Iterable[Purchase], *, together: bool) -> Changes:
    with store.transaction() as journal:
        if together:
            store.purchases.save_all(values)
        else:
            for value in values:
                store.purchases.save(value)
    return journal.changes


def test_many_values_are_saved_as_they_are_one_by_one() -> None:
    first = purchases()
    # Some stay, some change, some are new; refunds are added, changed and taken away.
    second = [
        replace(
            one, merchant="Shop", refunds=() if number % 2 else (*one.refunds, Refund(Money(5, "CNY"), FIRST))
        )
        if number % 5 == 0
        else one
        for number, one in enumerate(first)
    ]
    second += [replace(one, id=new_id(), refunds=()) for one in first[:7]]
    stores = [opened(), opened()]
    for store, together in zip(stores, (True, False), strict=True):
        before = contents(store)
        made = save(store, first, together=together)
        between = contents(store)
        changed = save(store, second, together=together)

        assert store.purchases.count() == MANY + 7
        assert {purchase.id: purchase for purchase in store.purchases.all()} == {
            one.id: one for one in second
        }
        after = contents(store)
        store.apply(inverse(changed))
        assert contents(store) == between
        store.apply(changed)
        assert contents(store) == after
        store.apply(inverse(changed))
        store.apply(inverse(made))
        assert contents(store) == before
    assert len(made) == MANY + len([one for one in first if one.refunds])


def test_what_has_not_changed_is_not_written_again() -> None:
    store, values = opened(), purchases()
    save(store, values, together=True)

    assert save(store, values, together=True) == ()


def test_of_a_value_that_is_given_twice_the_last_counts() -> None:
    store, (value, *_) = opened(), purchases()

    changes = save(store, [value, replace(value, merchant="Shop")], together=True)

    assert store.purchases.get(value.id).merchant == "Shop"
    store.apply(inverse(changes))
    assert store.purchases.count() == 0


def test_a_row_that_stands_twice_among_many_is_written_and_remembered_once() -> None:
    store = opened()
    row = store.purchases.to_row(purchases()[1])
    with store.transaction() as journal:
        journal.put_all("purchases", [row, {**row, "merchant": "Shop"}])

    (change,) = journal.changes
    assert change.before is None
    assert change.after == {**row, "merchant": "Shop"}


def test_a_step_of_many_rows_is_dropped_whole_if_one_of_them_is_not_what_it_was() -> None:
    store, values = opened(), purchases()
    changes = save(store, values, together=True)
    with store.transaction():
        store.purchases.save(replace(values[MANY - 1], merchant="Shop"))
    before = contents(store)

    with pytest.raises(StaleStepError):
        store.apply(inverse(changes))

    assert contents(store) == before


def test_the_mark_of_a_file_changes_with_every_write_by_whom_soever(tmp_path: Path) -> None:
    path = tmp_path / "a.planner"
    ours, theirs = Store.create(path), Store.open(path)
    mark = ours.state

    assert ours.state == mark
    with theirs.transaction():
        theirs.accounts.save(ACCOUNT)
    assert ours.state != mark
    mark = ours.state
    with ours.transaction():
        ours.settings.put("language", "fr")
    assert ours.state != mark
    assert theirs.state[0] != ours.state[0]
    ours.close()
    theirs.close()
