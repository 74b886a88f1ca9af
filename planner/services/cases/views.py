"""Procedures as they stand: the library, and how far each run of one is today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from planner.domain.account import Account, State
from planner.domain.derivation import Derived
from planner.domain.due import DueKind
from planner.domain.money import Money
from planner.domain.position import Position
from planner.domain.procedures.case import Case
from planner.domain.procedures.kept import kept_of, with_running_wait
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.own_steps import steps_of
from planner.domain.procedures.published import Procedure, Step
from planner.domain.procedures.rules import blockers
from planner.domain.procedures.step_view import step_view
from planner.domain.procedures.verification import Verification, verification
from planner.domain.procedures.waiting import Wait
from planner.domain.sourced import Span
from planner.phrases import Phrase
from planner.services.cases.record import answers_of, recorded_of
from planner.store import catalogue
from planner.store.store import Store

if TYPE_CHECKING:
    from planner.domain.overdue import LateCost
    from planner.domain.settling.account import PlanSettlement, Settlement
    from planner.services.agreement_view import AgreementView


from planner.services.cases.errors import UnknownProcedureError
from planner.services.cases.view import CaseView


@dataclass(frozen=True, slots=True)
class Card:
    """A procedure in the library.

    Attributes:
        procedure: As published.
        accounts: The user's accounts it may be for: of its products, and not closed.
        is_needed: Whether one of them stands so that this helps: late, frozen or locked.
    """

    procedure: Procedure
    accounts: tuple[Account, ...]
    is_needed: bool = False


def settling(found: PlanSettlement) -> Derived[Span[Money]]:
    """What settling a plan early comes to, and how that was made."""
    return Derived(found.cost.value.amount, lambda: found.cost.derivation)


def library(store: Store, today: date) -> tuple[Card, ...]:
    """Every procedure there is, with the accounts it may be for.

    What helps an account as it stands comes first, then what else can be started, then what cannot.
    """
    from planner.services.cases.helping import (  # noqa: PLC0415 - no reminder at a start needs it
        HELPS,
        troubles_of,
    )

    accounts = [account for account in store.accounts.all() if account.life_on(today) is not State.CLOSED]
    late = {due.account_id for due in store.ledgers.position(today).late}
    stands = {account.id: troubles_of(account, today, is_late=account.id in late) for account in accounts}
    cards = []
    for procedure in catalogue.procedures():
        fitting = tuple(
            account for account in accounts if not procedure.products or account.product in procedure.products
        )
        helps = HELPS.get(procedure.id, frozenset())
        cards.append(Card(procedure, fitting, any(helps & stands[account.id] for account in fitting)))
    order = list(HELPS)
    return tuple(
        sorted(
            cards,
            key=lambda card: (
                order.index(card.procedure.id) if card.is_needed else len(order) + (not card.accounts)
            ),
        )
    )


def case_views(store: Store, today: date) -> tuple[CaseView, ...]:
    """Every case of a procedure that this version has: those under way first, then the finished ones."""
    views = [
        case_view(store, case, today) for case in store.cases.all() if catalogue.procedure(case.procedure)
    ]
    return tuple(sorted(views, key=lambda view: view.case.ended_on is not None))


def case_view(store: Store, case: Case, today: date) -> CaseView:
    """One run of a procedure as it stands today.

    Raises:
        UnknownProcedureError: This version has no such procedure.
    """
    procedure = procedure_of(case.procedure)
    account = store.accounts.get(case.account_id)
    position = store.ledgers.position(today).of_account(account.id)
    answers = answers_of(store, procedure, case, account)
    running = _verification(store, procedure, case)
    verify = procedure.of_kind(StepKind.VERIFY)
    is_over = verify is not None and case.step(verify.id).state.is_settled
    recorded = recorded_of(store, case, procedure, position, answers, None if is_over else running)
    steps = tuple(
        with_running_wait(
            step_view(step, kept_of(step, case.step(step.id), recorded), blockers(step, case, recorded)),
            recorded.waits,
        )
        for step in steps_of(procedure, case, answers)
    )
    return CaseView(
        case,
        procedure,
        account,
        today,
        steps,
        position.made_credit(account.id),
        running,
        account.contacts or procedure.contacts,
        cache(partial(_settlement, store, account, position, today)),
        answers,
        _agreement(store, procedure, case, position),
        tuple(recorded.waits),
        partial(_told_of, store, case, tuple(recorded.waits), today),
    )


def _told_of(
    store: Store, case: Case, waits: tuple[Wait, ...], today: date, step: Step
) -> tuple[Phrase, ...]:
    from planner.services.cases.step_words import step_words  # noqa: PLC0415 - no reminder at a start needs it

    return step_words(store, case, waits, today, step)


def _agreement(store: Store, procedure: Procedure, case: Case, position: Position) -> AgreementView | None:
    if procedure.of_kind(StepKind.AGREEMENT) is None:
        return None
    from planner.services.agreement_view import agreement_of  # noqa: PLC0415 - only for who negotiates

    return agreement_of(store, case.id, position)


def _settlement(store: Store, account: Account, position: Position, today: date) -> Settlement:
    from planner.domain.settling.account import settlement  # noqa: PLC0415 - no reminder at a start needs it

    plan_ids = {due.plan_id for due in position.open_dues if due.kind is DueKind.INSTALMENT}
    plans = {plan_id: store.plans.get(plan_id) for plan_id in plan_ids}
    return settlement(account, position.dues, plans, today, _late_by_now(store, position, today))


def _late_by_now(store: Store, position: Position, today: date) -> LateCost | None:
    """What the place Late cost says of everything on an account whose day has passed; None without any."""
    from planner.services.overdue import cost_of_delay  # noqa: PLC0415 - no reminder at a start needs it

    passed = [due.id for due in position.open_dues if due.due_on is not None and due.due_on < today]
    return cost_of_delay(store, passed, today, today) if passed else None


def reminders(store: Store, today: date) -> Mapping[str, Phrase]:
    """What cases under way want to remind of today, by the id of the case."""
    found = {view.case.id: view.reminder for view in case_views(store, today)}
    return {case_id: text for case_id, text in found.items() if text is not None}


def procedure_of(procedure_id: str) -> Procedure:
    """A procedure of this version.

    Raises:
        UnknownProcedureError: There is none with that id.
    """
    procedure = catalogue.procedure(procedure_id)
    if procedure is None:
        raise UnknownProcedureError(procedure=procedure_id)
    return procedure


def _verification(store: Store, procedure: Procedure, case: Case) -> Verification | None:
    if case.submitted_on is None:
        return None
    return verification(procedure, case.submitted_on, store.published.calendar(procedure.calendar))
