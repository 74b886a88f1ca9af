"""The forecast of cash, from what is recorded. Nothing of it is ever written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.account import Account, usual_country
from planner.domain.business_days import BusinessCalendar
from planner.domain.cash.account import CashAccount
from planner.domain.cash.debits import debits_of, debts_as_debited
from planner.domain.cash.debts import debt_movements, payment_movements
from planner.domain.cash.flow import CashFlow, Happened
from planner.domain.cash.forecast import Forecast, forecast
from planner.domain.cash.movement import Movement
from planner.domain.cash.needed import Needed, needed_days
from planner.domain.cash.occurrences import Time, times_of
from planner.domain.dates import Shift
from planner.domain.due import Due
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import Position
from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.store import Store

if TYPE_CHECKING:
    from planner.domain.adopted.plan import AdoptedPlan

# So far back, times can be looked at, confirmed, skipped and put back.
LOOKING_BACK = timedelta(days=31)
_A_DAY = timedelta(days=1)


class NoCashAccountError(PlannerError):
    """There is no cash account in a currency."""

    message = N_("No account with cash in {currency} is recorded, so it is not known how much cash is there.")


@dataclass(frozen=True, slots=True)
class CashBasis:
    """What forecasts are made of.

    Attributes:
        today: The first day of a forecast.
        until: The last one.
        accounts: The cash accounts of all currencies.
        flows: Incomes and expenses.
        times: Their times by the id of each, from some time back; skipped ones included.
        credits: The accounts with lenders, by id.
        dues: What is still to pay.
        payments: What was paid since the balances were seen.
        plans: The plan that is followed, by currency.
        rests: What is left of it.
        failed: The dues whose automatic debit failed, by id: they are paid by hand.
    """

    today: date
    until: date
    accounts: tuple[CashAccount, ...]
    flows: tuple[CashFlow, ...]
    times: Mapping[str, tuple[Time, ...]]
    credits: Mapping[str, Account]
    dues: tuple[Due, ...]
    payments: tuple[Payment, ...]
    plans: Mapping[str, AdoptedPlan]
    rests: Mapping[str, AdoptedPlan]
    failed: frozenset[str] = frozenset()

    def accounts_in(self, currency: str) -> tuple[CashAccount, ...]:
        """The cash accounts of a currency."""
        return tuple(account for account in self.accounts if account.currency == currency)

    def dues_in(self, currency: str) -> tuple[Due, ...]:
        """What is still to pay in a currency."""
        return tuple(due for due in self.dues if due.open.currency == currency)

    def flows_in(self, currency: str) -> tuple[CashFlow, ...]:
        """What comes and goes in a currency."""
        return tuple(flow for flow in self.flows if flow.amount.currency == currency)

    def movements(self, currency: str, plan: AdoptedPlan | None = None) -> tuple[Movement, ...]:
        """Everything that moves in a currency, and may count.

        Args:
            currency: ISO 4217.
            plan: The plan by which lenders are paid; None for the one that is followed, if any.
        """
        rest = plan or self.rests.get(currency)
        dues = self.dues_in(currency)
        debts = debt_movements(dues, self.credits, self.today, rest, is_rest=plan is None)
        return (*self._beside_debts(currency), *self._told(debts))

    def as_debited(self, currency: str) -> tuple[Movement, ...]:
        """The same if lenders debit by themselves as is recorded, whatever a plan means to pay."""
        rest = self.rests.get(currency)
        debited = [due for due in self.dues_in(currency) if due.id not in self.failed]
        debts = debts_as_debited(debited, self.credits, self.today, rest)
        return (*self._beside_debts(currency), *self._by_hand(currency), *debts)

    def _by_hand(self, currency: str) -> Iterator[Movement]:
        """What is left to pay of what a lender could not debit."""
        if not self.failed:
            return
        dues = [due for due in self.dues_in(currency) if due.id in self.failed]
        rest = self.rests.get(currency)
        for each in self._told(debt_movements(dues, self.credits, self.today, rest, is_rest=True)):
            if each.refers_to in self.failed:
                yield each

    def _told(self, debts: Iterable[Movement]) -> Iterator[Movement]:
        """The same, without what failed counting as debited by the lender."""
        for each in debts:
            yield replace(each, automatic=False) if each.refers_to in self.failed else each

    def _beside_debts(self, currency: str) -> Iterator[Movement]:
        """What comes and goes, and what was paid to lenders already."""
        for flow in self.flows_in(currency):
            for time in self.times[flow.id]:
                if time.state is not Happened.SKIPPED:
                    yield time.movement
        paid = [payment for payment in self.payments if payment.amount.currency == currency]
        yield from payment_movements(paid, self.credits)

    def needed(self, currency: str, found: Forecast | None) -> tuple[Needed, ...]:
        """What has to be on which account when lenders debit by themselves.

        They do so whatever a plan means to pay, so what is there before is that of a forecast of its own.

        Args:
            currency: ISO 4217.
            found: The forecast by which lenders are paid as planned; None if the balances are unknown.
        """
        accounts, rest = self.accounts_in(currency), self.rests.get(currency)
        if not accounts:
            return ()
        line = found
        if found is not None and rest is not None:
            line = forecast(accounts, self.as_debited(currency), found.floor, self.today, self.until)
        debited = [due for due in self.dues_in(currency) if due.id not in self.failed]
        debits = debits_of(debited, self.credits, self.today, rest)
        return needed_days(accounts, debits, line, self.today, self.until)


def cash_basis(store: Store, today: date, until: date, position: Position | None = None) -> CashBasis:
    """Read what forecasts are made of.

    Args:
        store: The open store.
        today: The first day of a forecast.
        until: The last one.
        position: What is recorded today, if it is known already.
    """
    accounts = tuple(store.cash_accounts.all())
    credits_ = {account.id: account for account in store.accounts.all()}
    seen = [newest.on for account in accounts if (newest := account.newest(today)) is not None]
    since = min(seen, default=today) + _A_DAY
    flows = tuple(store.cash_flows.all())
    calendars: dict[str, BusinessCalendar | None] = {}
    times = {}
    for flow in flows:
        key = flow.amount.currency if flow.recurrence.shift is not Shift.NONE else ""
        if key not in calendars:
            calendars[key] = calendar_of(store, flow)
        times[flow.id] = times_of(flow, calendars[key], min(since, today - LOOKING_BACK), until)
    position = position or store.ledgers.position(today)
    plans = {plan.currency: plan for plan in _followed(store)}
    return CashBasis(
        today,
        until,
        accounts,
        flows,
        times,
        credits_,
        position.open_dues,
        tuple(
            payment
            for account_id in credits_
            for payment in store.payments.since(account_id, since)
            if payment.paid_on <= today
        ),
        plans,
        {currency: _rest_of(store, position, plan) for currency, plan in plans.items()},
        _failed(store),
    )


def _followed(store: Store) -> list[AdoptedPlan]:
    return store.adopted_plans.followed() if store.has_adopted_plan else []


def _failed(store: Store) -> frozenset[str]:
    if not store.has_failed_debits:
        return frozenset()
    return frozenset(each.due_id for each in store.failed_debits.all())


def _rest_of(store: Store, position: Position, plan: AdoptedPlan) -> AdoptedPlan:
    from planner.services.plan_progress import still_planned  # noqa: PLC0415 - only for who follows a plan

    return still_planned(store, position.on, plan, position)


def forecast_of(
    store: Store,
    currency: str,
    today: date,
    until: date,
    *,
    plan: AdoptedPlan | None = None,
    more: Iterable[Movement] = (),
    floor: Money | None = None,
) -> Forecast:
    """The cash of one currency, day by day.

    Args:
        store: The open store.
        currency: ISO 4217.
        today: The first day.
        until: The last day.
        plan: The plan by which lenders are paid; None for the one that is followed, if any.
        more: What moves beside the record: a what-if.
        floor: What should always be left; None for what is recorded.

    Raises:
        NoCashAccountError: No cash account is in the currency.
        UnknownBalanceError: No balance was seen on one of them.
    """
    basis = cash_basis(store, today, until)
    accounts = basis.accounts_in(currency)
    if not accounts:
        raise NoCashAccountError(currency=currency)
    wanted = store.cash_rules.of(currency).floor if floor is None else floor
    return forecast(accounts, (*basis.movements(currency, plan), *more), wanted, today, until)


def calendar_of(store: Store, flow: CashFlow) -> BusinessCalendar | None:
    """The working days by which an income or expense shifts; None if it does not.

    They are those of the usual country of its currency.
    """
    if flow.recurrence.shift is Shift.NONE:
        return None
    return store.published.calendar(usual_country(flow.amount.currency))
