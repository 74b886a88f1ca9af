"""Whose terms count for a made-up amount: one of the accounts, a published product, or nobody's."""

from __future__ import annotations

from planner.gui.session import Session
from planner.i18n import CURRENCIES, _, currency_name
from planner.services.catalogue import products

# No lender's: the user adds what they know.
NOBODY = ""


def terms_choices(session: Session) -> list[tuple[str, str]]:
    """The accounts, then the products that say something, then nobody's."""
    choices = [(account.id, account.name) for account in session.store.accounts.all()]
    choices += [
        (sheet.id, _("{product} (published terms)").format(product=_(sheet.name)))
        for sheet in products(session.store)
        if sheet.terms.claims
    ]
    return [*choices, (NOBODY, _("Nobody’s: I add what I know"))]


def currency_choices() -> list[tuple[str, str]]:
    """The currencies on offer, by name."""
    return [(code, _("{name} ({code})").format(name=currency_name(code), code=code)) for code in CURRENCIES]
