"""One contact with the lender, as a step lists it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from planner.domain.procedures.case import LogEntry
from planner.domain.procedures.contacts import CHANNEL_WORDS, PromiseState
from planner.gui.fields import ChoiceField
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.services.cases.log import LoggedContact

_KEPT, _BROKEN, _UNKNOWN = "kept", "broken", ""


class EntryRow(QFrame):
    """A contact: when and how, what was said, what was promised and what became of it.

    Attributes:
        kept: Whether the promise was kept; only where something was promised.
        edit_button, delete_button: Correct it, delete it.

    Signals:
        kept_said: Whether the promise was kept, or None.
    """

    kept_said = Signal(object)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setObjectName("card")
        self._when, self._how = heading_label(), quiet_label()
        self._said, self._promise = text_label(), text_label()
        self.kept = ChoiceField()
        self.kept.changed.connect(self._on_kept)
        self.edit_button, self.delete_button = QPushButton(), QPushButton()
        buttons = Flow()
        buttons.addWidget(self.edit_button)
        buttons.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID // 2)
        for widget in (self._when, self._how, self._said, self._promise, self.kept):
            column.addWidget(widget)
        column.addLayout(buttons)

    def show_contact(self, logged: LoggedContact) -> None:
        """Show a contact."""
        entry = logged.entry
        when = show(entry.on)
        if entry.at is not None:
            when = _("{date} at {time}").format(date=when, time=f"{entry.at:%H:%M}")
        self._when.setText(when)
        self._how.setText("\n".join([_how(entry), _where(logged)] if _where(logged) else [_how(entry)]))
        self._said.setText(entry.said)
        self._said.setVisible(bool(entry.said))
        follows = _follows(entry)
        self._promise.setText(follows)
        self._promise.setVisible(bool(follows))
        self._show_kept(logged.promise)
        self.edit_button.setText(_("Correct"))
        self.delete_button.setText(_("Delete"))
        for button in (self.edit_button, self.delete_button):
            button.setAccessibleName(_("{act}: contact of {date}").format(act=button.text(), date=when))

    def _show_kept(self, promise: PromiseState) -> None:
        self.kept.set_choices([(_UNKNOWN, _("Not known yet")), (_KEPT, _("Yes")), (_BROKEN, _("No"))])
        self.kept.set_key({PromiseState.KEPT: _KEPT, PromiseState.NOT_KEPT: _BROKEN}.get(promise, _UNKNOWN))
        self.kept.say(
            _("Was the promise kept?"), _("Its day has passed.") if promise is PromiseState.OVERDUE else ""
        )
        self.kept.setVisible(promise is not PromiseState.NONE)

    def _on_kept(self) -> None:
        said: dict[str, bool | None] = {_KEPT: True, _BROKEN: False}
        self.kept_said.emit(said.get(self.kept.value()))


def _how(entry: LogEntry) -> str:
    channel = explain(CHANNEL_WORDS[entry.channel])
    if not entry.person:
        return channel
    return _("{channel}, with {person}").format(channel=channel, person=entry.person)


def _where(logged: LoggedContact) -> str:
    """In which other step it was recorded; empty for one of the step itself."""
    if logged.is_own or logged.step is None:
        return ""
    return _("Recorded in the step “{step}”").format(step=explain(logged.step))


def _follows(entry: LogEntry) -> str:
    """What was promised, and when something should happen next."""
    if entry.promise and entry.next_on is not None:
        return _("Promised for {date}: {promise}").format(date=show(entry.next_on), promise=entry.promise)
    if entry.promise:
        return _("Promised: {promise}").format(promise=entry.promise)
    return _("Go on with it on {date}").format(date=show(entry.next_on)) if entry.next_on is not None else ""
