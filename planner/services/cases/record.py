"""What the record says of the account of a case, as far as its procedure asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.account import Account
from planner.domain.due import Due
from planner.domain.position import Position
from planner.domain.procedures.case import Case, CaseStep
from planner.domain.procedures.kept import kept_of
from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.of_record import SLIGHT_DAYS, record_answers
from planner.domain.procedures.published import Procedure, Step
from planner.domain.procedures.recorded import Recorded, ShortDebit
from planner.domain.procedures.verification import Verification
from planner.domain.procedures.waiting import Wait, wait_of
from planner.store.store import Store

# Up to how many days late counts as a slight delay, where the user has said so.
SLIGHT_DAYS_SETTING = "procedures.slight_days"


def slight_days(store: Store) -> int:
    """Up to how many days late a delay counts as slight."""
    said = store.settings.get(SLIGHT_DAYS_SETTING)
    return int(said) if said else SLIGHT_DAYS


def answers_at_start(store: Store, procedure: Procedure, account: Account, on: date) -> Mapping[str, str]:
    """What the record answers where a procedure asks it, on a day."""
    asked = procedure.asked_of_record
    if not asked:
        return {}
    position = store.ledgers.position(on).of_account(account.id)
    known = record_answers(account, position, slight_days(store))
    return {question: known[question] for question in asked}


def answers_of(store: Store, procedure: Procedure, case: Case, account: Account) -> Mapping[str, str]:
    """What leads through a procedure: what the user answered, and what the record said at the start.

    A case keeps what the record said then, so that its way does not change under the user; one that was
    started before the procedure asked has it worked out for its first day.
    """
    if procedure.asked_of_record <= case.answers.keys():
        return case.answers
    return {**answers_at_start(store, procedure, account, case.started_on), **case.answers}


def recorded_of(
    store: Store,
    case: Case,
    procedure: Procedure,
    position: Position,
    answers: Mapping[str, str],
    verifying: Verification | None,
) -> Recorded:
    """What the record says of the account of a case.

    Only what a rule of the procedure asks for is worked out, since a reminder at a start asks too.

    Args:
        store: The open store.
        case: The case.
        procedure: Its procedure.
        position: What is open on the account.
        answers: What leads through the procedure.
        verifying: The lender's verification, if it runs and is not called over.
    """
    account = store.accounts.get(case.account_id)
    steps = procedure.steps_for(answers)
    used = {rule for step in steps for rule in step.rules}
    orders = store.purchases.unfinished(account.id) if Rule.UNFINISHED_ORDERS in used else []
    coming_back = (
        store.purchases.with_refunds_after(account.id, position.on) if Rule.OPEN_REFUNDS in used else []
    )
    left_to_pay, paid_on = None, None
    if Rule.NOT_PAID in used or any(step.kind is StepKind.PAY for step in steps):
        from planner.services.cases.paying import paid_of  # noqa: PLC0415 - only where it is asked

        left_to_pay, paid_on = paid_of(store, case, account, position.on)
    found = Recorded(
        account,
        position,
        orders,
        coming_back,
        verifying,
        documents=procedure.documents_for(answers),
        is_agreed=Rule.NO_AGREEMENT in used and store.agreements.of_case(case.id) is not None,
        first_instalment=_first_instalment(store, case) if Rule.FIRST_MISSED in used else "",
        left_to_pay=left_to_pay,
        paid_on=paid_on,
        short_debits=_short_debits(store, account, position) if Rule.CASH_SHORT in used else (),
        unconfirmed=_unconfirmed(store, case, account, steps, position.on),
    )
    if any(step.kind is StepKind.WAIT for step in steps):
        return replace(found, waits=_waits(store, case, procedure, steps, found))
    return found


def _waits(
    store: Store, case: Case, procedure: Procedure, steps: Sequence[Step], recorded: Recorded
) -> tuple[Wait, ...]:
    by_id = {step.id: step for step in steps}
    calendar = store.published.calendar(procedure.calendar)

    def kept(step_id: str) -> CaseStep:
        step = by_id.get(step_id)
        return case.step(step_id) if step is None else kept_of(step, case.step(step_id), recorded)

    return tuple(
        wait_of(step, case, procedure, steps, kept, calendar) for step in steps if step.kind is StepKind.WAIT
    )


def _first_instalment(store: Store, case: Case) -> str:
    agreed = store.agreements.of_case(case.id)
    if agreed is None:
        return ""
    return min(store.plans.get(agreed.plan_id).rows, key=lambda row: row.due_on).id


def _short_debits(store: Store, account: Account, position: Position) -> tuple[ShortDebit, ...]:
    from planner.services.cases.cash import short_debits  # noqa: PLC0415 - only where a rule asks for it

    return short_debits(store, account, position)


def _unconfirmed(
    store: Store, case: Case, account: Account, steps: Sequence[Step], today: date
) -> tuple[Due, ...]:
    if not account.automatic or not any(step.kind is StepKind.DEBITS for step in steps):
        return ()
    from planner.domain.procedures.debits import DebitState  # noqa: PLC0415 - only where a step asks after debits
    from planner.services.cases.debits import debits_view  # noqa: PLC0415 - see above

    found = debits_view(store, case, today).debits
    return tuple(each.due for each in found if each.state is DebitState.UNCONFIRMED)
