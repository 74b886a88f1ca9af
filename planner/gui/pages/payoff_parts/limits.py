"""What the user does not want, whatever it saves: many plans, a lender, falling below the reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from planner.compat import override
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Scenario
from planner.gui.fields import CheckField, CountField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.session import Session
from planner.i18n import _

_MOST_PLANS = 99


def lenders_of(question: PayoffQuestion) -> list[str]:
    """Whom something is owed to, each once."""
    return list(dict.fromkeys(facts.lender for facts in question.worked.debts.facts))


class LimitsForm(Form):
    """The limits of the best plan; nothing of it is recorded unless a scenario is saved.

    Attributes:
        most_plans: The most plans that may be open at once.
        lenders: A box for each lender with whom no new plan may be opened.
        keeps_reserve: Whether the cash must stay on the reserve.

    Signals:
        made: The assumptions with these limits, a ``Scenario``.
    """

    made = Signal(object)

    def __init__(self, session: Session, scenario: Scenario, lenders: Sequence[str]) -> None:
        """Start with the limits that hold now.

        Args:
            session: The open file.
            scenario: What is assumed now.
            lenders: Whom something is owed to.
        """
        super().__init__(session)
        self._scenario = scenario
        self._about = quiet_label()
        self.column.insertWidget(0, self._about)
        self.most_plans = CountField(0, _MOST_PLANS, is_required=False)
        self.keeps_reserve = CheckField()
        known = dict.fromkeys((*lenders, *scenario.avoided))
        self.lenders = {lender: CheckField() for lender in known}
        self.add(self.most_plans, self.keeps_reserve, *self.lenders.values())
        self.most_plans.set_count(scenario.most_plans)
        self.keeps_reserve.set_checked(is_checked=scenario.keeps_reserve)
        for lender, box in self.lenders.items():
            box.set_checked(is_checked=lender in scenario.avoided)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self._about.setText(_("The best plan keeps to these limits, even where it costs more."))
        self.save_button.setText(_("Use these limits"))
        self.most_plans.say(
            _("The most plans open at once"), _("Running plans count too. Empty for no limit.")
        )
        self.keeps_reserve.say(
            _("Stay on the reserve"), _("Without it, the cash must only not fall below nothing.")
        )
        for lender, box in self.lenders.items():
            box.say(_("No new plan with {lender}").format(lender=_(lender)))

    @override
    def submit(self) -> bool:
        avoided = tuple(lender for lender, box in self.lenders.items() if box.value())
        self.made.emit(
            replace(
                self._scenario,
                most_plans=self.most_plans.value(),
                keeps_reserve=self.keeps_reserve.value(),
                avoided=avoided,
            )
        )
        return True
