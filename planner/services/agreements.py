"""Wishes about agreements with lenders: record one, change it, take it back, and see how it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.agreed import Agreed, AgreedSums, Proof, instalments
from planner.domain.due import Due
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.kept_out import cleared
from planner.domain.ledger import by_date
from planner.domain.money import Money, sum_of
from planner.domain.procedures.case import StepState
from planner.domain.procedures.kinds import Channel, StepKind
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.cases.kept import not_after, save_case, startable
from planner.services.cases.views import procedure_of
from planner.services.plans import NoRowsError, save_plan
from planner.store.store import Store

MOST_INSTALMENTS = 120


class NothingCoveredError(PlannerError):
    """An agreement about nothing that is open."""

    message = N_("Choose what the agreement is about: at least one thing that is open.")


class FeeAboveRepaidError(PlannerError):
    """A fee or interest of more than all instalments come to."""

    message = N_("The fee or interest in it cannot be more than the {repaid} that the instalments come to.")


class NegativeAgreedError(PlannerError):
    """An agreed amount below nothing."""

    message = N_("None of these amounts can be less than nothing.")


class PaidSinceError(PlannerError):
    """A day of an agreement before a payment to what it covers."""

    message = N_(
        "A payment of {date} lies after that day, so what was covered then is not what is open now. Choose "
        "that day or a later one, or take the agreement back and record it anew."
    )


class ReplacedError(PlannerError):
    """An agreement whose instalments a later one covers."""

    message = N_("A later agreement of {date} covers these instalments. Take that one back first.")


class BeforeAgreedError(PlannerError):
    """An instalment before the day of the agreement."""

    message = N_("The instalment of {date} lies before {agreed}, the day of the agreement.")


class AgreedTwiceError(PlannerError):
    """A second agreement of the same case."""

    message = N_("An agreement of {date} is recorded already. Change it, or take it back first.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the user says was agreed.

    Attributes:
        due_ids: The dues it covers.
        rows: The days of the instalments, and what is paid on each.
        agreed_on: The day.
        fees: What of the instalments the lender calls a fee or interest; None for nothing.
        waived: What the lender says it waives; None for what no instalment repays.
        channel: How it was agreed.
        person: Who agreed for the lender.
        proof: What shows that it was agreed.
        pauses_collection: Whether the lender agreed to stop collecting meanwhile.
        note: The user's own words.
        name: What to call the plan; empty for the account and the day.
    """

    due_ids: Sequence[str]
    rows: Sequence[tuple[date, Money]]
    agreed_on: date
    fees: Money | None = None
    waived: Money | None = None
    channel: Channel = Channel.PHONE
    person: str = ""
    proof: Proof = Proof.NONE
    pauses_collection: bool = False
    note: str = ""
    name: str = ""


def sums_of(dues: Iterable[Due], repaid: Money, fees: Money | None = None) -> AgreedSums:
    """What an agreement comes to beside what is recorded.

    Args:
        dues: What it covers.
        repaid: What its instalments come to.
        fees: What of that the lender calls a fee or interest; None for nothing.
    """
    covered = sum_of((due.open for due in dues), repaid.currency)
    return AgreedSums(covered, repaid, repaid.zero if fees is None else fees)


def agree(store: Store, case_id: str, step_id: str, terms: Terms, today: date) -> Agreed:
    """Record what was agreed: it becomes a plan with dues of its own, and takes over those it covers.

    What was late until that day stays late in the record.

    Args:
        store: The open store.
        case_id: The run of the procedure that led to it.
        step_id: Its step.
        terms: What was agreed.
        today: The day it is recorded.

    Raises:
        StepBlockedError: The step has to wait for something.
        AgreedTwiceError: The case has an agreement already.
        FutureDateError: The day of the agreement is still to come.
        NothingCoveredError: Nothing open is covered.
        NoRowsError: There are no instalments.
        NegativeAgreedError: An amount is less than nothing.
        FeeAboveRepaidError: The fee is more than all instalments come to.
        WaivedDiffersError: What is said to be waived is not what no instalment repays.
        BeforeAgreedError: An instalment lies before the day of the agreement.
        AmountNotPositiveError: The instalments repay nothing.
    """
    case = store.cases.get(case_id)
    startable(store, case, step_id, today)
    known = store.agreements.of_case(case_id)
    if known is not None:
        raise AgreedTwiceError(date=known.agreed_on)
    agreed = record_agreement(store, case.account_id, terms, today, case_id)
    done = replace(case.step(step_id), state=StepState.DONE, done_on=terms.agreed_on)
    save_case(store, case.with_step(done))
    return agreed


def record_agreement(store: Store, account_id: str, terms: Terms, today: date, case_id: str = "") -> Agreed:
    """Record what was agreed on an account, whatever led to it.

    Raises:
        FutureDateError: The day of the agreement is still to come.
        NothingCoveredError: Nothing open is covered.
        NoRowsError: There are no instalments.
        NegativeAgreedError: An amount is less than nothing.
        FeeAboveRepaidError: The fee is more than all instalments come to.
        WaivedDiffersError: What is said to be waived is not what no instalment repays.
        BeforeAgreedError: An instalment lies before the day of the agreement.
        AmountNotPositiveError: The instalments repay nothing.
    """
    agreed = replace(_kept(store, account_id, terms, today), case_id=case_id)
    store.agreements.save(agreed)
    return agreed


def change_agreement(store: Store, agreement_id: str, terms: Terms, today: date) -> Agreed:
    """Put other terms in place of those of an agreement; its plan and the rows of it keep their identity.

    Raises:
        FutureDateError: The day of the agreement is still to come.
        NothingCoveredError: Nothing open is covered.
        NoRowsError: There are no instalments.
        NegativeAgreedError: An amount is less than nothing.
        FeeAboveRepaidError: The fee is more than all instalments come to.
        WaivedDiffersError: What is said to be waived is not what no instalment repays.
        BeforeAgreedError: An instalment lies before the day of the agreement.
        AmountNotPositiveError: The instalments repay nothing.
    """
    known = store.agreements.get(agreement_id)
    check_not_replaced(store, known)
    agreed = _kept(store, known.account_id, terms, today, known)
    agreed = replace(agreed, id=agreement_id, case_id=known.case_id)
    store.agreements.save(agreed)
    return agreed


def take_back(store: Store, agreement_id: str) -> None:
    """Take an agreement back: its plan goes, what it covered is due as before, its step is to do again.

    Raises:
        ReplacedError: A later agreement covers its instalments.
    """
    agreed = store.agreements.get(agreement_id)
    check_not_replaced(store, agreed)
    store.agreements.delete(agreement_id)
    store.plans.delete(agreed.plan_id)
    case = store.cases.find(agreed.case_id)
    if case is None:
        return
    step = procedure_of(case.procedure).of_kind(StepKind.AGREEMENT)
    if step is not None:
        kept = replace(case.step(step.id), state=StepState.NOT_STARTED, done_on=None)
        save_case(store, case.with_step(kept))


def check_not_replaced(store: Store, agreed: Agreed) -> None:
    """Check that no later agreement covers the instalments of one.

    Raises:
        ReplacedError: One does.
    """
    rows = {row.id for row in store.plans.get(agreed.plan_id).rows}
    for other in store.agreements.of_account(agreed.account_id):
        if other.id != agreed.id and rows & other.covered.keys():
            raise ReplacedError(date=other.agreed_on)


def terms_of(store: Store, agreed: Agreed) -> Terms:
    """What was agreed, as the user said it."""
    plan = store.plans.get(agreed.plan_id)
    return Terms(
        tuple(agreed.covered),
        tuple((row.due_on, row.total) for row in plan.rows),
        agreed.agreed_on,
        plan.fees + plan.interest,
        AgreedSums.kept(agreed, plan).waived.value,
        agreed.channel,
        agreed.person,
        agreed.proof,
        agreed.pauses_collection,
        agreed.note,
    )


def may_cover(store: Store, account_id: str, today: date, known: Agreed | None = None) -> tuple[Due, ...]:
    """What an agreement on an account may be about: everything open on it, by date.

    Args:
        store: The open store.
        account_id: The account.
        today: The day.
        known: The agreement that is changed; what it took over counts as it was then, its own rows do not.
    """
    dues = store.ledgers.position(today).of_account(account_id).open_dues
    if known is None:
        return dues
    others = [due for due in dues if due.plan_id != known.plan_id]
    found = [*others, *covered_dues(store, known, today)]
    return tuple(sorted(found, key=by_date))


def covered_dues(store: Store, agreed: Agreed, today: date) -> tuple[Due, ...]:
    """What an agreement took over, as it was on its day."""
    dues = store.ledgers.history(agreed.account_id, today).dues
    return tuple(replace(due, closed_on=None) for due in dues if due.id in agreed.covered)


def _kept(store: Store, account_id: str, terms: Terms, today: date, changed: Agreed | None = None) -> Agreed:
    """An agreement whose plan is kept; the agreement itself is not yet."""
    not_after(terms.agreed_on, today)
    wanted = set(terms.due_ids)
    dues = [due for due in may_cover(store, account_id, today, changed) if due.id in wanted]
    if not dues:
        raise NothingCoveredError
    _check_payments(store, dues, terms.agreed_on, changed)
    sums = _checked(dues, terms)
    rows = instalments(terms.rows, sums.added.value)
    account = store.accounts.get(account_id)
    plan = InstalmentPlan(
        account_id,
        terms.name or f"{account.name} {terms.agreed_on.isoformat()}",
        sums.principal,
        rows,
        len(rows),
        OriginKind.AGREEMENT,
        started_on=terms.agreed_on,
    )
    if changed is not None:
        known = store.plans.get(changed.plan_id)
        plan = replace(plan, id=known.id, name=known.name, rows=_with_ids(rows, known.rows))
    save_plan(store, plan)
    return Agreed(
        account_id,
        plan.id,
        terms.agreed_on,
        {due.id: due.open for due in dues},
        sums.waived.value,
        channel=terms.channel,
        person=cleared(terms.person.strip()).text,
        proof=terms.proof,
        pauses_collection=terms.pauses_collection,
        note=cleared(terms.note.strip()).text,
    )


def _check_payments(store: Store, dues: Sequence[Due], agreed_on: date, changed: Agreed | None) -> None:
    """Check that no payment lies between the day of an agreement and what it covers.

    Raises:
        PaidSinceError: One does, so what is open now is not what was covered then.
    """
    since = [part.paid_on for due in dues for part in due.paid if part.paid_on > agreed_on]
    if changed is not None and changed.agreed_on != agreed_on:
        first, last = sorted((changed.agreed_on, agreed_on))
        paid = store.payments.of_account(changed.account_id)
        since += [payment.paid_on for payment in paid if first < payment.paid_on <= last]
    if since:
        raise PaidSinceError(date=max(since))


def _checked(dues: Sequence[Due], terms: Terms) -> AgreedSums:
    if not terms.rows:
        raise NoRowsError
    for on, _amount in terms.rows:
        if on < terms.agreed_on:
            raise BeforeAgreedError(date=on, agreed=terms.agreed_on)
    repaid = sum_of((amount for _on, amount in terms.rows), terms.rows[0][1].currency)
    said = [amount for amount in (terms.fees, terms.waived) if amount is not None]
    if any(amount.minor < 0 for amount in (*said, *(amount for _on, amount in terms.rows))):
        raise NegativeAgreedError
    if terms.fees is not None and terms.fees > repaid:
        raise FeeAboveRepaidError(repaid=repaid)
    sums = sums_of(dues, repaid, terms.fees)
    sums.check_waived(terms.waived)
    return sums


def _with_ids(rows: Sequence[Instalment], known: Sequence[Instalment]) -> tuple[Instalment, ...]:
    """Rows that keep the identity of those with the same number, so that payments stay with them."""
    ids: Mapping[int, str] = {row.number: row.id for row in known}
    return tuple(replace(row, id=ids.get(row.number, row.id)) for row in rows)
