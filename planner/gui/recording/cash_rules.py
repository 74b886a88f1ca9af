"""The form for what the user wants of the cash of one currency: a reserve, and a cap on buying on credit."""

from __future__ import annotations

from planner.compat import override
from planner.domain.cash.rules import CashRules
from planner.gui.fields import AmountField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services.cash import save_rules


class CashRulesForm(Form):
    """The reserve and the spending cap of one currency; what is left empty does not count.

    Attributes:
        reserve: What should always be left.
        cap: The most to buy on credit in a calendar month.
    """

    def __init__(self, session: Session, rules: CashRules) -> None:
        """Start with what the user said before.

        Args:
            session: The open file.
            rules: What they said; without amounts if nothing.
        """
        super().__init__(session)
        self._currency = rules.currency
        self.reserve = AmountField(rules.currency, is_required=False)
        self.cap = AmountField(rules.currency, is_required=False)
        self.add(self.reserve, self.cap)
        self.reserve.set_money(rules.reserve)
        self.cap.set_money(rules.spending_cap)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.reserve.say(
            _("Reserve"), _("What should always be left. The forecast says on which day it would not be.")
        )
        self.cap.say(
            _("Spending cap"),
            _(
                "The most to buy on credit in a calendar month, after refunds. You are told when it is "
                "passed; nothing is blocked."
            ),
        )

    @override
    def submit(self) -> bool:
        rules = CashRules(self._currency, self.reserve.value(), self.cap.value())
        return self.session.do(N_("Set reserve and cap"), save_rules, rules) is not None
