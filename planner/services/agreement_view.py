"""How agreements with lenders are kept: which instalment comes next, and which was missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.domain.agreed import Agreed, Proof
from planner.domain.due import Due
from planner.domain.instalment import InstalmentPlan
from planner.domain.position import Position
from planner.phrases import Phrase
from planner.store.store import Store

LATE_STAYS = Phrase(
    "What was late before the agreement stays recorded as late: an agreement is for what comes next."
)
NOT_PROVED = Phrase("So far it was agreed by word of mouth only. Ask for it in writing.")


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as it stands on a day.

    Attributes:
        agreed: What was agreed.
        plan: The plan it became.
        dues: What is still to pay of its instalments, by date.
        today: The day.
    """

    agreed: Agreed
    plan: InstalmentPlan
    dues: tuple[Due, ...]
    today: date

    @property
    def missed(self) -> tuple[Due, ...]:
        """The instalments whose day has passed, and that are not recorded as paid."""
        return tuple(due for due in self.dues if due.is_late(self.today))

    @property
    def next_due(self) -> Due | None:
        """The instalment to pay next, a missed one first; None after the last."""
        return next(iter(self.dues), None)

    @property
    def paid_count(self) -> int:
        """How many instalments are recorded as paid."""
        return len(self.plan.rows) - len(self.dues)

    @property
    def summary(self) -> Phrase:
        """What was agreed, in one sentence."""
        days = sorted(row.due_on for row in self.plan.rows)
        return Phrase.counted(
            "Agreed on {date}: {total} in {count} instalment, on {first}.",
            "Agreed on {date}: {total} in {count} instalments, from {first} to {last}.",
            len(days),
            date=self.agreed.agreed_on,
            total=self.plan.total,
            first=days[0],
            last=days[-1],
        )

    @property
    def course(self) -> Phrase:
        """How far it is."""
        if not self.dues:
            return Phrase("Every instalment is recorded as paid.")
        next_due = self.next_due
        if next_due is None or next_due.due_on is None:
            return Phrase(
                "{paid} of {count} instalments are recorded as paid.",
                paid=self.paid_count,
                count=len(self.plan.rows),
            )
        return Phrase(
            "{paid} of {count} instalments are recorded as paid. Next: {amount} on {date}.",
            paid=self.paid_count,
            count=len(self.plan.rows),
            amount=next_due.still_due,
            date=next_due.due_on,
        )

    @property
    def alert(self) -> Phrase | None:
        """That an instalment is missing, and what to do now; None while it is kept."""
        missed = self.missed
        if not missed:
            return None
        if len(missed) > 1:
            return Phrase.counted(
                "{count} instalment of your agreement is not recorded as paid. Record what you paid; if you "
                "could not pay, call the lender today and ask for other days.",
                "{count} instalments of your agreement are not recorded as paid. Record what you paid; if "
                "you could not pay, call the lender today and ask for other days.",
                len(missed),
            )
        return Phrase(
            "{amount} of your agreement was due on {date} and is not recorded as paid. Record it if you paid "
            "it; if you could not, call the lender today and ask for another day.",
            amount=missed[0].still_due,
            date=missed[0].due_on,
        )

    @property
    def pause(self) -> Phrase | None:
        """Whether the lender collects meanwhile, as far as it was agreed; None if nothing was."""
        if not self.agreed.pauses_collection or not self.dues:
            return None
        if self.missed:
            return Phrase(
                "Collection was paused as agreed on {date}. With an instalment missing, the lender may take "
                "it up again.",
                date=self.agreed.agreed_on,
            )
        return Phrase(
            "Collection is paused as agreed on {date}, as long as you keep to the instalments. If somebody "
            "calls all the same, tell them of the agreement and record the call.",
            date=self.agreed.agreed_on,
        )

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What else to know of it."""
        notes = [self.pause, LATE_STAYS, NOT_PROVED if self.agreed.proof is Proof.NONE else None]
        return tuple(note for note in notes if note is not None)


def agreement_of(store: Store, case_id: str, position: Position) -> AgreementView | None:
    """The agreement that a run of a procedure led to, as it stands; None if it led to none.

    Args:
        store: The open store.
        case_id: The case.
        position: What is open on the account, or on all.
    """
    agreed = store.agreements.of_case(case_id)
    return _view(store, agreed, position) if agreed is not None else None


def missed_agreements(store: Store, position: Position) -> Iterator[AgreementView]:
    """The agreements of which an instalment is missing, in the order they were recorded.

    Args:
        store: The open store.
        position: What is open.

    Yields:
        Each of them.
    """
    late = {due.plan_id for due in position.late if due.plan_id}
    for agreed in store.agreements.all() if late else ():
        if agreed.plan_id in late:
            yield _view(store, agreed, position)


def _view(store: Store, agreed: Agreed, position: Position) -> AgreementView:
    dues = tuple(due for due in position.open_dues if due.plan_id == agreed.plan_id)
    return AgreementView(agreed, store.plans.get(agreed.plan_id), dues, position.on)
