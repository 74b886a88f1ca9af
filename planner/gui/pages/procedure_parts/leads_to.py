"""Where in the program a step leads: the place that its procedure names, and what is shown there."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.published import Step
from planner.phrases import N_
from planner.services.called import CALLED
from planner.services.cases.view import CaseView
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class Lead:
    """A way from a step to a place.

    Attributes:
        label: What its button says, as a msgid.
        place: The place.
        target: What to show there.
    """

    label: str
    place: str
    target: str = ""


def lead_of(store: Store, view: CaseView, step: Step) -> Lead | None:
    """Where a step leads; None if nowhere, or if it has a way there of its own.

    Args:
        store: The open store.
        view: The case.
        step: The step.
    """
    account = view.account
    match step.place:
        case "bills":
            lead = Lead(N_("Open what is recorded on the account"), "bills", account.id)
        case "compare" if view.procedure.is_closing:
            due = _first_due(store, view)
            target = f"promotions:{due}" if due else "promotions"
            lead = Lead(N_("Compare with promotions"), "compare", target)
        case "compare":
            lead = Lead(N_("Compare the ways to settle it"), "compare", _first_due(store, view))
        case "late":
            lead = Lead(N_("Open Late cost"), "late", account.id)
        case "called":
            lead = Lead(N_("Compare paying all with paying in parts"), "late", f"{CALLED}{account.id}")
        case "payoff" if step.kind is not StepKind.WORKSHEET:
            lead = Lead(N_("Open Payoff"), "payoff", account.currency)
        case "cash":
            lead = Lead(N_("Open Cash"), "cash", account.currency)
        case "reports":
            lead = Lead(N_("Open Reports"), "reports")
        case "settings":
            lead = Lead(N_("Open Settings"), "settings")
        case _:
            return None
    return lead


def _first_due(store: Store, view: CaseView) -> str:
    """What is due first on the account; empty if nothing is open."""
    dues = store.ledgers.position(view.today).of_account(view.account.id).open_dues
    return next((due.id for due in dues), "")
