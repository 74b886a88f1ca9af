"""The form for what the user wants of the cash of one currency: a reserve, a cap, shares to be told of."""

from __future__ import annotations

from planner.compat import override
from planner.domain.cash.debt_to_income import HIGH_SHARE, HIGH_SOURCE, NOTICE_SHARE, NOTICE_SOURCE
from planner.domain.cash.rules import CashRules
from planner.domain.rate import Rate
from planner.gui.fields import AmountField, PercentField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _, show, source_name
from planner.phrases import N_
from planner.services.cash import save_rules


class CashRulesForm(Form):
    """The reserve, the spending cap and the shares of one currency; empty for none, or the usual share.

    Attributes:
        reserve: What should always be left.
        cap: The most to buy on credit in a calendar month.
        notice, high: The shares of the income from which to be told, and to be warned.
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
        self.notice, self.high = PercentField(is_required=False), PercentField(is_required=False)
        self.add(self.reserve, self.cap)
        self.more(self.notice, self.high)
        self.reserve.set_money(rules.reserve)
        self.cap.set_money(rules.spending_cap)
        self.notice.set_fraction(rules.notice_share)
        self.high.set_fraction(rules.high_share)
        if rules.notice_share is not None or rules.high_share is not None:
            self.more_button.click()
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
                "nearly reached and when it is passed; nothing is blocked."
            ),
        )

        self.notice.say(
            _("Tell me when lenders get"),
            _("Of the income of a month. Left empty, it is {share} ({source}).").format(
                share=show(Rate(NOTICE_SHARE)), source=source_name(NOTICE_SOURCE)
            ),
        )
        self.high.say(
            _("Warn me when lenders get"),
            _("Of the income of a month. Left empty, it is {share} ({source}).").format(
                share=show(Rate(HIGH_SHARE)), source=source_name(HIGH_SOURCE)
            ),
        )

    @override
    def submit(self) -> bool:
        rules = CashRules(
            self._currency, self.reserve.value(), self.cap.value(), self.notice.value(), self.high.value()
        )
        return self.session.do(N_("Set reserve and cap"), save_rules, rules) is not None
