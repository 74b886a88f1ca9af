"""An offer that a lender made for one debt, which then is among its ways."""

from __future__ import annotations

from functools import partial

from planner.domain.offers.offer import Offer
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.optimum.problem import Option, OptionKind
from planner.domain.payoff.question import PayoffQuestion
from planner.gui.pages.compare_forms import OwnOfferForm
from planner.gui.session import Session
from planner.phrases import N_
from planner.services.own_offers import drop_offer, keep_offer

_OWN = "own/"


def can_have_offers(question: PayoffQuestion, debt_id: str) -> bool:
    """Whether an offer of one's own can be added to a debt: a bill, or an order with a date of its own."""
    return _asked_about(question, debt_id) is not None


def offer_form(session: Session, question: PayoffQuestion, debt_id: str) -> OwnOfferForm | None:
    """A form for an offer, which is kept once it is made; None where the debt can have none.

    Args:
        session: The open file.
        question: What is asked about all debts.
        debt_id: The debt.
    """
    about = _asked_about(question, debt_id)
    if about is None:
        return None
    form = OwnOfferForm(session, about.amount, lambda offer: outcome(about, offer, question.today))
    form.made.connect(partial(_keep, session, debt_id, question.currency))
    return form


def _asked_about(question: PayoffQuestion, debt_id: str) -> Question | None:
    """The debt as the place Compare would ask about it."""
    facts = (each for each in question.worked.debts.facts if each.debt.id == debt_id)
    return next((each.question for each in facts), None)


def _keep(session: Session, debt_id: str, currency: str, offer: Offer) -> None:
    session.do(N_("Add an offer of your own"), keep_offer, debt_id, offer, currency)


def is_own(option: Option) -> bool:
    """Whether a way is an offer of the user's own."""
    return option.kind is OptionKind.OWN and option.id.startswith(_OWN)


def remove_offer(session: Session, option: Option) -> None:
    """Forget an offer of the user's own."""
    session.do(N_("Remove an offer of your own"), drop_offer, option.id.removeprefix(_OWN))
