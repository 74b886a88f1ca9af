"""What became of an account: frozen, locked, reported, being closed, closed, open again; each from a day."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.account import Account, DatedState, State
from planner.domain.procedures.step_view import listed
from planner.gui.arrange import clear
from planner.gui.fields import ChoiceField, DateField, TextField
from planner.gui.forms import Form
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.session import EVERYTHING, Session
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.account_states import (
    STATE_WORDS,
    held_restriction,
    note_lifted,
    note_state,
    states_now,
)

# What can have happened. The key of a choice is text: Qt hands no other values back as they were.
_BEGUN: Mapping[str, tuple[State, str]] = {
    "frozen": (State.FROZEN, N_("The lender has frozen it")),
    "locked": (State.LOCKED, N_("I have locked it")),
    "reported": (State.REPORTED, N_("The lender has reported it to the credit register")),
    "closing": (State.CLOSING, N_("I have asked to close it")),
    "closed": (State.CLOSED, N_("It is closed")),
    "open": (State.OPEN, N_("It is open again")),
}
_LIFTED: Mapping[str, tuple[State, str]] = {
    "unfrozen": (State.FROZEN, N_("The lender no longer freezes it")),
    "unlocked": (State.LOCKED, N_("I have unlocked it")),
    "unreported": (State.REPORTED, N_("It is no longer in the credit register")),
}


class StateForm(Form):
    """Notes what became of an account, above the history of it.

    Attributes:
        what: What happened; the end of a restriction is offered while there is one.
        since: From which day on.
        note: The user's own words.
        now: What the account is today.
        history: Everything that is recorded, newest first.
    """

    def __init__(self, session: Session, account_id: str) -> None:
        """Build it for an account."""
        super().__init__(session)
        self._account_id = account_id
        self.now = text_label()
        self.column.insertWidget(0, self.now)
        self.what, self.since = ChoiceField(), DateField(session.today)
        self.note = TextField(is_required=False)
        self.add(self.what, self.since, self.note)
        self._heading = heading_label()
        self.history = QVBoxLayout()
        self.history.setSpacing(GRID)
        past = QWidget()
        column = QVBoxLayout(past)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._heading)
        column.addLayout(self.history)
        self.column.insertWidget(self.column.count() - 1, past)
        self.since.set_day(session.today)
        session.changed.connect(self._on_stored)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        account = self.session.store.accounts.find(self._account_id)
        self.setEnabled(account is not None)
        if account is None:  # taken back while the form was open
            return
        self.save_button.setText(_("Note it"))
        held = {
            key: words
            for key, (state, words) in _LIFTED.items()
            if held_restriction(account, state) is not None
        }
        begun = {key: words for key, (_state, words) in _BEGUN.items()}
        self.what.say(_("What happened"))
        self.what.set_choices((key, _(words)) for key, words in (held | begun).items())
        self.since.say(_("From which day on"))
        self.since.echo()
        self.note.say(_("Note"), _("For example what the lender said"))
        self._show_past(account)
        self.on_change()

    def _show_past(self, account: Account) -> None:
        """Show what is recorded, newest first."""
        today = self.session.today
        states = [STATE_WORDS[state] for state in states_now(account, today)]
        self.now.setText(_("Today the account is: {state}").format(state=explain(listed(states))))
        self._heading.setText(_("What is recorded"))
        clear(self.history)
        if not account.states:
            self._past_line(_("Nothing yet, so the account counts as open."))
        for dated in sorted(account.states, key=lambda dated: dated.since, reverse=True):
            self._past_line(_dated_words(dated), dated.note)

    def _past_line(self, text: str, note: str = "") -> None:
        line = text_label()
        line.setText(text)
        self.history.addWidget(line)
        if note:
            own = quiet_label()
            own.setText(note)
            self.history.addWidget(own)

    @override
    def on_change(self) -> None:
        self.note.setVisible(self.what.value() not in _LIFTED)  # the note belongs to the beginning

    @override
    def submit(self) -> bool:
        key, on, today = self.what.value(), self.since.value(), self.session.today
        if key in _LIFTED:
            state, _words = _LIFTED[key]
            done = self.session.do(N_("Lift a restriction"), note_lifted, self._account_id, state, on, today)
        else:
            state, _words = _BEGUN[key]
            note = self.note.value() or ""
            title = N_("Note a state of the account")
            done = self.session.do(title, note_state, self._account_id, state, on, today, note)
        if done is None:
            return False
        self.note.set_text("")
        return True

    def _on_stored(self, tables: frozenset[str]) -> None:
        if tables == EVERYTHING or tables & {"accounts", "account_states"}:
            self.refresh()


def _dated_words(dated: DatedState) -> str:
    state = explain(STATE_WORDS[dated.state])
    if dated.until is None:
        return _("Since {date}: {state}").format(date=show(dated.since), state=state)
    return _("{since} to {until}: {state}").format(
        since=show(dated.since), until=show(dated.until), state=state
    )
