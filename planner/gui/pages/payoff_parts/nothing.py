"""What the place Payoff says where there is nothing to plan."""

from __future__ import annotations

from planner.gui.pages.payoff_parts.parts import Empty
from planner.gui.session import Session
from planner.i18n import _


def say_nothing_to_plan(empty: Empty, session: Session) -> str:
    """Say why there is nothing to plan, and what begins it: a bill, or the cycle of an account.

    Args:
        empty: Where to say it.
        session: The open file.

    Returns:
        What its button leads to in the place of the bills.
    """
    undated = [due for due in session.store.ledgers.position(session.today).open_dues if due.due_on is None]
    if not undated:
        need = _("You need: your last statement, or the amount and the due date of a debt.")
        empty.say(_("Nothing is owed by your record."), need, _("Add a bill"))
        return "new-bill"
    account = session.store.accounts.get(undated[0].account_id)
    text = _("{account}: what is owed has no due date, because its cycle is unknown.")
    need = _("You need: the statement day and the due day of a statement.")
    empty.say(text.format(account=account.name), need, _("Set the cycle"))
    return f"account:{account.id}"
