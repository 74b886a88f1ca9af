"""The form for what became of one time of an income or an expense."""

from __future__ import annotations

from planner.compat import override
from planner.domain.cash.flow import Direction, Happened, Occurrence
from planner.domain.cash.occurrences import Time
from planner.gui.fields import AmountField, ChoiceField, DateField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _, show
from planner.phrases import N_
from planner.services.cash_flows import say_occurrence
from planner.services.cash_view import FlowRow

_STATES = {
    Direction.INCOME: {
        Happened.CONFIRMED: N_("It came"),
        Happened.EXPECTED: N_("It is expected"),
        Happened.SKIPPED: N_("It does not come this time"),
    },
    Direction.EXPENSE: {
        Happened.CONFIRMED: N_("It was paid"),
        Happened.EXPECTED: N_("It is expected"),
        Happened.SKIPPED: N_("It is not paid this time"),
    },
}
_TITLES = {
    Happened.CONFIRMED: N_("Confirm one time"),
    Happened.EXPECTED: N_("Change one time"),
    Happened.SKIPPED: N_("Leave out one time"),
}


class CashTimeForm(Form):
    """One time: whether it came, on which day, and how much.

    Attributes:
        time: Which time; hidden where there is only one.
        state: What became of it.
        on, amount: When, and how much; not for one that is left out.
    """

    def __init__(
        self, session: Session, row: FlowRow, time: Time | None = None, state: Happened | None = None
    ) -> None:
        """Start with a time.

        Args:
            session: The open file.
            row: The income or expense with its times.
            time: The time that is chosen at first; None for the next one.
            state: What is chosen to have become of it; None for what is recorded.
        """
        super().__init__(session)
        self._flow = row.flow
        self._times = {each.by_rule.isoformat(): each for each in (*row.unconfirmed, *row.times)}
        self.time, self.state = ChoiceField(), ChoiceField()
        self.on, self.amount = DateField(session.today), AmountField(row.flow.amount.currency)
        self.time.changed.connect(self._on_time)
        self.add(self.time, self.state, self.on, self.amount)
        self.time.setHidden(len(self._times) < 2)  # noqa: PLR2004 - one is no choice
        self.refresh()
        chosen = time or row.next
        if chosen is not None:
            self.time.set_key(chosen.by_rule.isoformat())
        self._on_time()
        if state is not None:
            self.state.set_key(state)
        if self.time.isHidden() or time is not None:
            self.setFocusProxy(self.state.input)
        self.on_change()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.time.say(_("Which time"))
        times = sorted(self._times.items(), key=lambda item: item[1].on)
        self.time.set_choices((key, show(time.on)) for key, time in times)
        self.state.say(_("What became of it"))
        words = _STATES[self._flow.direction]
        self.state.set_choices((state, _(text)) for state, text in words.items())
        self.on.say(_("On"))
        self.amount.say(_("Amount"))

    @property
    def _chosen(self) -> Time | None:
        return self._times.get(self.time.value() or "")

    def _on_time(self) -> None:
        time = self._chosen
        if time is not None:
            self.state.set_key(time.state)
            self.on.set_day(time.on)
            self.amount.set_money(time.amount)

    @override
    def on_change(self) -> None:
        is_left_out = self.state.value() == Happened.SKIPPED
        self.on.setVisible(not is_left_out)
        self.amount.setVisible(not is_left_out)

    @override
    def submit(self) -> bool:
        time = self._chosen
        if time is None:
            return False
        state = Happened(self.state.value())
        said = Occurrence(time.by_rule, state)
        if state is not Happened.SKIPPED:
            on, amount = self.on.value(), self.amount.value()
            said = Occurrence(
                time.by_rule,
                state,
                on if on != time.planned_on else None,
                amount if amount != time.flow.amount else None,
            )
        return self.session.do(_TITLES[state], say_occurrence, self._flow.id, said) is not None
