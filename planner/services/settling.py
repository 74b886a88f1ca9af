"""What settling plans early would save, and what an extra payment towards one would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.due import DueKind
from planner.domain.instalment import InstalmentPlan
from planner.domain.money import Money, sum_of
from planner.domain.plans.extra_payment import ExtraOutcome, ExtraUse, pay_extra
from planner.domain.plans.row_figures import last_payment, payments_of
from planner.domain.settling.account import PlanSettlement, plan_settlements
from planner.domain.settling.plan import SettlementRange
from planner.domain.settling.policy import PlanRest
from planner.domain.sourced import Span
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.store.store import Store


class NothingLeftError(PlannerError):
    """A plan of which nothing falls due later."""

    message = N_("Nothing of this plan falls due after {date}.")


class PaidInPastError(PlannerError):
    """An extra payment on a day that has passed."""

    message = N_("An extra payment can be tried out from {today} on.")


@dataclass(frozen=True, slots=True)
class PlanSaving:
    """What settling one plan on a day saves.

    Attributes:
        account: Whose.
        plan: The plan.
        rest: What of it falls due later.
        cost: What settling it costs.
        saved: What settling it saves; below nothing where a rule asks for more than the plan would cost.
    """

    account: Account
    plan: InstalmentPlan
    rest: PlanRest
    cost: Derived[SettlementRange]
    saved: Derived[Span[Money]]

    @property
    def label(self) -> Phrase:
        """What to call it where plans of several accounts stand together."""
        return Phrase(
            "{account}: {plan}", account=Phrase.own(self.account.name), plan=Phrase.own(self.plan.name)
        )

    @property
    def scheduled(self) -> Derived[Money]:
        """What is still to pay if it runs on."""
        return payments_of(self.rest.rows, self.rest.currency)

    @property
    def last_on(self) -> Derived[date]:
        """When its last instalment is due."""
        return last_payment(self.rest.rows)

    @property
    def amount(self) -> Derived[Span[Money]]:
        """What settling it costs, by itself."""
        return Derived(self.cost.value.amount, lambda: self.cost.derivation)


@dataclass(frozen=True, slots=True)
class SavingTotal:
    """What settling all plans of one currency saves.

    Attributes:
        scheduled: What they still cost if they run on.
        amount: What settling them costs.
        saved: What that saves.
    """

    scheduled: Derived[Money]
    amount: Derived[Span[Money]]
    saved: Derived[Span[Money]]


@dataclass(frozen=True, slots=True)
class Savings:
    """What settling plans on a day saves.

    Attributes:
        on: The day.
        plans: Each plan with something that falls due later: by currency, the greatest saving first.
        totals: All plans together, by currency.
    """

    on: date
    plans: tuple[PlanSaving, ...]
    totals: Mapping[str, SavingTotal]


def savings(store: Store, on: date) -> Savings:
    """What settling each instalment plan today would save, and all of them.

    Instalments that are due by the day are paid in any case: they are in neither side.

    Args:
        store: The open file.
        on: The day of settling.
    """
    found = []
    position = store.ledgers.position(on)
    for account in store.accounts.all():
        dues = [due for due in position.of_account(account.id).open_dues if due.kind is DueKind.INSTALMENT]
        plans = {plan_id: store.plans.get(plan_id) for plan_id in dict.fromkeys(due.plan_id for due in dues)}
        found += [_saving(account, each) for each in plan_settlements(account, dues, plans, on)]
    found.sort(
        key=lambda each: (each.rest.currency, -each.saved.value.high.minor, -each.saved.value.low.minor)
    )
    currencies = dict.fromkeys(each.rest.currency for each in found)
    totals = {
        currency: _total([each for each in found if each.rest.currency == currency], currency)
        for currency in currencies
    }
    return Savings(on, tuple(found), totals)


def _saving(account: Account, each: PlanSettlement) -> PlanSaving:
    return PlanSaving(account, each.plan, each.rest, each.cost, each.saving)


def _total(plans: list[PlanSaving], currency: str) -> SavingTotal:
    scheduled = added(
        Phrase("Still to pay if all plans run on = the open instalments of each"),
        (Given(each.label, each.scheduled) for each in plans),
        currency,
    )
    settling = Phrase("To settle all plans = settling each plan early")
    saving = Phrase("What settling all plans saves = what settling each of them saves")
    return SavingTotal(
        scheduled,
        _spans(settling, [Given(each.label, each.amount) for each in plans], currency),
        _spans(saving, [Given(each.label, each.saved) for each in plans], currency),
    )


def _spans(rule: Phrase, given: list[Given], currency: str) -> Derived[Span[Money]]:
    """A sum of ranges, and how it was made."""
    span = Span(
        sum_of((each.plain.low for each in given), currency),
        sum_of((each.plain.high for each in given), currency),
    )
    return Derived(span, lambda: Derivation(rule, tuple(given), (Working(Phrase("Together"), span),)))


@dataclass(frozen=True, slots=True)
class ExtraTried:
    """An extra payment towards a plan, used in both ways.

    Attributes:
        account: Whose.
        plan: The plan.
        rest: What of it falls due after the payment.
        ways: What it changes, by what it is used for.
    """

    account: Account
    plan: InstalmentPlan
    rest: PlanRest
    ways: Mapping[ExtraUse, ExtraOutcome]


def try_extra(store: Store, plan_id: str, amount: Money, on: date, today: date) -> ExtraTried:
    """What an extra payment towards a recorded plan would change; nothing is recorded.

    Until its day the plan runs as it is: instalments due by then are taken to be paid.

    Args:
        store: The open file.
        plan_id: The plan.
        amount: The extra payment.
        on: When it is made.
        today: The local day.

    Raises:
        PaidInPastError: The day has passed.
        NothingLeftError: Nothing of the plan falls due after that day.
        ExtraNotPositiveError: It is nothing.
        ExtraTooLargeError: It repays all that is left of the principal.
    """
    if on < today:
        raise PaidInPastError(today=today)
    found = settling_of(store, plan_id, on, today)
    law = found.account.law
    is_disputed = len(found.cost.value.policies) > 1
    ways = {use: pay_extra(found.rest, amount, use, law, is_disputed=is_disputed) for use in ExtraUse}
    return ExtraTried(found.account, found.plan, found.rest, ways)


def settling_of(store: Store, plan_id: str, on: date, today: date) -> PlanSaving:
    """What settling one recorded plan on a day would save.

    Args:
        store: The open file.
        plan_id: The plan.
        on: The day of settling.
        today: The local day, whose payments are known.

    Raises:
        NothingLeftError: Nothing of the plan falls due after that day.
    """
    plan = store.plans.get(plan_id)
    account = store.accounts.get(plan.account_id)
    dues = store.ledgers.position(today).of_account(account.id).open_dues
    settled = plan_settlements(account, [due for due in dues if due.plan_id == plan_id], {plan_id: plan}, on)
    if not settled:
        raise NothingLeftError(date=on)
    return _saving(account, settled[0])


def plans_to_settle(store: Store, today: date) -> tuple[InstalmentPlan, ...]:
    """The plans of which something falls due later, as a user would look for them: by account and name."""
    return tuple(
        each.plan
        for each in sorted(savings(store, today).plans, key=lambda each: (each.account.name, each.plan.name))
    )
