"""The step in which what is late is paid exactly: what that comes to, and what of it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from planner.domain.account import Account
from planner.domain.due import Due
from planner.domain.ledger import Ledger
from planner.domain.money import sum_of
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.procedures.case import SETTLED_IN_APP, Case
from planner.domain.procedures.paying import ExactPayment, PayDay, PayState, exact_payment
from planner.domain.procedures.recorded import LeftToPay
from planner.phrases import Phrase
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class PayView:
    """What the step of an exact payment shows.

    Attributes:
        exact: What has to be paid and what is; None if nothing is late.
        last: The last payment since the case was started, else the last one before; None if there is none.
        at: At what time of its day that was; None if the user has not said.
        settled_on: The day on which the user saw in the app that it is settled; None if they did not.
    """

    exact: ExactPayment | None
    last: Payment | None
    at: time | None
    settled_on: date | None

    @property
    def may_confirm(self) -> bool:
        """Whether to ask what the app shows: something was paid, but not surely enough."""
        found = self.exact
        return found is not None and bool(found.payments) and found.high_on is None

    @property
    def has_minimum(self) -> bool:
        """Whether less than what is still asked for here would do for a bill by its minimum."""
        found = self.exact
        if found is None or found.low_on is not None or self.settled_on is not None:
            return False
        return any(due.open_minimum < due.open for due in found.day.dues)


def pay_view(store: Store, case: Case, step_id: str, today: date) -> PayView:
    """What the step of an exact payment shows today."""
    account = store.accounts.get(case.account_id)
    payments = [paid for paid in store.payments.of_account(account.id) if paid.paid_on <= today]
    last = payments[-1] if payments else None
    kept = case.step(step_id)
    return PayView(
        exact_of(store, account, case.started_on, today),
        last,
        kept.done_at if last is not None and kept.done_on == last.paid_on else None,
        settled_on(case),
    )


def pay_words(view: PayView) -> Phrase:
    """How far the payment is, in words."""
    if view.settled_on is not None:
        return Phrase("You saw on {date} that the app shows it as settled.", date=view.settled_on)
    return _words_of(view.exact) if view.exact is not None else Phrase("Nothing late is recorded.")


def _words_of(found: ExactPayment) -> Phrase:
    since, paid = found.since, found.made_paid
    match found.state:
        case PayState.NOTHING_PAID:
            said = Phrase("No payment towards it is recorded since {date}.", date=since)
        case PayState.TOO_LITTLE:
            said = Phrase(
                "Recorded as paid since {date}: {paid}. Still missing: {left}.",
                date=since,
                paid=paid,
                left=found.made_left,
            )
        case PayState.REACHED:
            on = found.high_on
            said = Phrase("On {date}, enough was paid by every source: {paid}.", date=on, paid=paid)
        case PayState.BETWEEN if not found.is_known:
            said = Phrase(
                "Recorded as paid since {date}: {paid}, which is what was late. What being late costs is not "
                "known here: see what the app shows as open.",
                date=since,
                paid=paid,
            )
        case PayState.BETWEEN:
            said = Phrase(
                "Recorded as paid since {date}: {paid}. By one source that is enough, by another {left} is "
                "missing: see what the app shows as open.",
                date=since,
                paid=paid,
                left=found.day.wanted.high - found.day.paid,
            )
    return said


def exact_of(store: Store, account: Account, since: date, today: date) -> ExactPayment | None:
    """What has to be paid exactly on an account today; None if nothing is late.

    It is what is late if nothing had been paid since a day, with what being late costs, against what was
    paid since. What was paid for something that is not late counts for that.

    Args:
        store: The open store.
        account: The account.
        since: The day from which payments count.
        today: The day.
    """
    whole = store.ledgers.whole(account)
    before = replace(whole, payments=[paid for paid in whole.payments if paid.paid_on < since])
    last = late_on(before, today)
    counting = counting_towards(last, [paid for paid in whole.payments if since <= paid.paid_on <= today])
    days: list[PayDay] = []
    missing: tuple[Phrase, ...] = ()
    for on in sorted({today, *(paid.paid_on for paid in counting)}):
        late = last if on == today else late_on(before, on)
        if late:
            day, missing = pay_day(store, account, before, late, on, counting)
            days.append(day)
    return exact_payment(since, days, counting, missing)


def paid_of(store: Store, case: Case, account: Account, today: date) -> tuple[LeftToPay | None, date | None]:
    """What is still to be paid exactly in a case, and the day on which enough was paid.

    What the user saw as settled in the app is enough, whatever the sources say.
    """
    if settled_on(case) is not None:
        since = [paid.paid_on for paid in store.payments.since(account.id, case.started_on)]
        return None, max((on for on in since if on <= today), default=settled_on(case))
    found = exact_of(store, account, case.started_on, today)
    if found is None or found.high_on is not None:
        return None, found.high_on if found is not None else None
    return found.left, None


def paid_day(store: Store, case: Case, today: date) -> date:
    """The day from which a wait counts where nothing late is left: that of the last payment, else today."""
    paid = [each.paid_on for each in store.payments.of_account(case.account_id) if each.paid_on <= today]
    return paid[-1] if paid else today


def settled_on(case: Case) -> date | None:
    """The day on which the user saw in the app that everything late is settled; None if they did not."""
    said = case.answers.get(SETTLED_IN_APP)
    return date.fromisoformat(said) if said else None


def counting_towards(late: Sequence[Due], payments: Sequence[Payment]) -> list[Payment]:
    """The payments that count towards what is late: all that were not for something else."""
    ids = {due.id for due in late}
    return [paid for paid in payments if not paid.aimed_at or paid.aimed_at in ids]


def late_on(ledger: Ledger, on: date) -> tuple[Due, ...]:
    """What is late on a day, with what was posted on it; nothing if nothing is late."""
    from planner.services.late_cases import is_asked_for  # noqa: PLC0415 - only for who pays what is late

    dues = position((ledger,), on).dues
    late = tuple(due for due in dues if is_asked_for(due, on))
    return late if any(due.is_late(on) for due in late) else ()


def pay_day(
    store: Store,
    account: Account,
    before: Ledger,
    late: tuple[Due, ...],
    on: date,
    payments: Sequence[Payment],
) -> tuple[PayDay, tuple[Phrase, ...]]:
    """What had to be paid by a day, and what is not known of its cost."""
    from planner.domain.late.by_mode import late_terms  # noqa: PLC0415 - only for who pays what is late
    from planner.domain.late.costing import Costing  # noqa: PLC0415 - see above
    from planner.domain.late.ends import late_ends  # noqa: PLC0415 - see above
    from planner.domain.late.gaps import has_known_cost, late_gaps  # noqa: PLC0415 - see above
    from planner.domain.minimum.due import rule_given  # noqa: PLC0415 - see above
    from planner.services.late_cases import late_case_of  # noqa: PLC0415 - see above
    from planner.services.late_history import counts_of  # noqa: PLC0415 - see above

    ids = {due.id for due in late}
    others = [due for due in position((before,), on).open_dues if due.id not in ids]
    case = late_case_of(store, account, late, others, on, counts_of(store, account, on))
    parts = [(paid.paid_on, paid.amount) for paid in payments if paid.paid_on <= on]
    cost = None
    terms = late_terms(account)
    if has_known_cost(case, terms):
        costing = Costing(case, late_ends(terms, case.country), rule_given(terms, account.currency))
        cost = costing.derived(on, parts)
    paid = sum_of((amount for _on, amount in parts), account.currency)
    missing, assumed = late_gaps(case, terms)
    return PayDay(on, late, cost, paid), (*missing, *assumed)
