"""What the record says of the account of a case, as far as its procedure asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.domain.account import Account
from planner.domain.position import Position
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Rule
from planner.domain.procedures.of_record import SLIGHT_DAYS, record_answers
from planner.domain.procedures.published import Procedure
from planner.domain.procedures.recorded import Recorded
from planner.domain.procedures.verification import Verification
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
    used = {rule for step in procedure.steps_for(answers) for rule in step.rules}
    orders = store.purchases.unfinished(account.id) if Rule.UNFINISHED_ORDERS in used else []
    coming_back = (
        store.purchases.with_refunds_after(account.id, position.on) if Rule.OPEN_REFUNDS in used else []
    )
    return Recorded(
        account,
        position,
        orders,
        coming_back,
        verifying,
        documents=procedure.documents_for(answers),
    )
