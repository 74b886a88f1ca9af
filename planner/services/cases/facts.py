"""What the record says of the account of a case, to have before one's eyes; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planner.domain.procedures.kinds import FactKind
from planner.phrases import Phrase
from planner.services.cases import fact_dues, fact_money, fact_record
from planner.services.cases.fact import LABELS, Asked, Fact
from planner.services.cases.view import CaseView
from planner.store.store import Store

__all__ = ["Fact", "case_facts", "fact_of"]


def case_facts(store: Store, view: CaseView) -> tuple[Fact, ...]:
    """What the record says of the account of a case, in the order of its procedure.

    Args:
        store: The open store.
        view: The case.
    """
    if not view.procedure.facts:
        return ()
    position = store.ledgers.position(view.today).of_account(view.account.id)
    asked = Asked(store, view.account, position)
    return tuple(fact_of(asked, kind) for kind in view.procedure.facts)


def fact_of(asked: Asked, kind: FactKind) -> Fact:
    """What the record says about one thing."""
    if kind in _NEEDS_RECORD and asked.is_empty:
        return Fact(
            kind,
            LABELS[kind],
            Phrase("Not known: nothing is recorded on this account yet."),
            is_known=False,
            act=Phrase("Record a bill"),
            place="bills",
            target=asked.account.id,
        )
    return _MADE_BY[kind](asked)


# Of an account without any entry these would say that nothing is owed, which nobody knows.
_NEEDS_RECORD = frozenset({FactKind.OWED, FactKind.LATE, FactKind.MINIMUM, FactKind.NEXT_DUE})

_MADE_BY: Mapping[FactKind, Callable[[Asked], Fact]] = {
    FactKind.OWED: fact_dues.owed,
    FactKind.LATE: fact_dues.late,
    FactKind.LATE_COST: fact_dues.late_cost,
    FactKind.MINIMUM: fact_dues.minimum,
    FactKind.NEXT_DUE: fact_dues.next_due,
    FactKind.LIMIT_USED: fact_dues.limit_used,
    FactKind.STATES: fact_record.states,
    FactKind.LATE_COUNTS: fact_record.late_counts,
    FactKind.RECORD_EXPIRY: fact_record.record_expiry,
    FactKind.AFFORDABLE: fact_money.affordable,
    FactKind.CASH_FOR_DEBITS: fact_money.cash_for_debits,
}
