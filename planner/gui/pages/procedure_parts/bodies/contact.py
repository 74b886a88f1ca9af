"""Contacts with the lender: whom to call, and what was said each time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from planner.compat import override
from planner.domain.account import Contact
from planner.domain.procedures.case import LogEntry
from planner.domain.procedures.step_view import StepView
from planner.gui.arrange import clear
from planner.gui.icons import icon
from planner.gui.labels import quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.log_entry import EntryRow
from planner.gui.pages.procedure_parts.log_form import LogForm
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure, icon_size
from planner.i18n import _, language, ngettext
from planner.look import GRID
from planner.phrases import N_
from planner.services.cases.log import delete_contact, log_view, say_kept
from planner.services.cases.view import CaseView

# How many contacts are listed; the earlier ones wait in a fold.
_NEWEST = 5


class ContactBody(Body):
    """The log of contacts that all steps of a case share, and the numbers to call.

    Attributes:
        copy_buttons: Copies each number.
        record_button: Opens the form for another contact.
        rows: Each contact, by its id.
        earlier: The fold for those that are not among the newest.
    """

    is_of_use_later = True
    lists_what_is_left = True

    def __init__(self, session: Session) -> None:
        """Build it without contacts."""
        super().__init__(session)
        self._view: CaseView | None = None
        self._step: StepView | None = None
        self._numbers: object = None
        self._number_column = QVBoxLayout()
        self._number_column.setSpacing(GRID // 2)
        self.copy_buttons: list[QPushButton] = []
        self.record_button = QPushButton()
        self.record_button.setIcon(icon("plus"))
        self.record_button.setIconSize(icon_size(self))
        self.record_button.clicked.connect(self._record)
        acts = Flow()
        acts.addWidget(self.record_button)
        self._none = quiet_label()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID)
        self.rows: dict[str, EntryRow] = {}
        self.earlier = Disclosure()
        self.earlier.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self._number_column)
        self.column.addLayout(acts)
        self.column.addWidget(self._none)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.earlier)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view, self._step = view, step
        self._show_numbers([each for each in view.contacts if each.number])
        self.record_button.setText(_("Record a contact…"))
        self._none.setText(_("No contact with the lender is recorded yet."))
        logged = log_view(view, step.step.id)
        self._none.setVisible(not logged)
        for gone in self.rows.keys() - {each.entry.id for each in logged}:
            row = self.rows.pop(gone)
            row.hide()
            row.deleteLater()
        for place, each in enumerate(logged):
            if each.entry.id not in self.rows:
                self._add(each.entry.id)
            self._put(self.rows[each.entry.id], place)
            self.rows[each.entry.id].show_contact(each)
        more = max(len(logged) - _NEWEST, 0)
        self.earlier.say(
            ngettext("{count} earlier contact", "{count} earlier contacts", more).format(count=more)
        )
        self.earlier.setVisible(more > 0)

    def _put(self, row: EntryRow, place: int) -> None:
        """Put a contact in its place: among the newest, or in the fold."""
        column, place = (self._rows, place) if place < _NEWEST else (self.earlier.column, place - _NEWEST)
        if column.indexOf(row) != place:
            column.insertWidget(place, row)
            row.show()

    @override
    def focus_on(self, target: str) -> None:
        row = self.rows.get(target)
        if row is not None and self.earlier.isAncestorOf(row):
            self.earlier.set_open(is_open=True)
        (row.edit_button if row is not None else self.record_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_numbers(self, contacts: list[Contact]) -> None:
        wanted = (contacts, language())
        if wanted == self._numbers:  # what still holds keeps the keyboard
            return
        self._numbers = wanted
        clear(self._number_column)
        self.copy_buttons = []
        for each in contacts:
            words, copy = text_label(), QPushButton()
            words.setText(_("{name}: {value}").format(name=_(each.label), value=each.number))
            copy.setIcon(icon("copy"))
            copy.setIconSize(icon_size(self))
            copy.setText(_("Copy the number"))
            copy.setAccessibleName(_("{act}: {what}").format(act=copy.text(), what=_(each.label)))
            copy.clicked.connect(partial(self._copy, copy, each.number))
            line = QHBoxLayout()
            line.setSpacing(GRID)
            line.addWidget(words, 1)
            line.addWidget(copy)
            self._number_column.addLayout(line)
            self.copy_buttons.append(copy)

    @staticmethod
    def _copy(button: QPushButton, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        button.setText(_("Copied"))

    def _add(self, entry_id: str) -> None:
        row = self.rows[entry_id] = EntryRow()
        row.kept_said.connect(partial(self._say_kept, entry_id))
        row.edit_button.clicked.connect(partial(self._edit, entry_id))
        row.delete_button.clicked.connect(partial(self._delete, entry_id))

    def _entry(self, entry_id: str) -> LogEntry | None:
        log = self._view.case.log if self._view is not None else ()
        return next((each for each in log if each.id == entry_id), None)

    def _record(self) -> None:
        if self._view is not None and self._step is not None:
            step = self._step.step
            form = LogForm(self.session, self._view.case.id, step.id, step.channel)
            self.form_asked.emit(form, _("Record a contact"))

    def _edit(self, entry_id: str) -> None:
        entry = self._entry(entry_id)
        if self._view is not None and entry is not None:
            form = LogForm(self.session, self._view.case.id, entry.step, entry=entry)
            self.form_asked.emit(form, _("Correct a contact"))

    def _delete(self, entry_id: str) -> None:
        if self._view is not None:
            # The keyboard moves on before the button that had it goes.
            self.record_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.session.do(N_("Delete a contact"), delete_contact, self._view.case.id, entry_id)

    def _say_kept(self, entry_id: str, is_kept: object) -> None:
        if self._view is not None:
            said = is_kept if isinstance(is_kept, bool) else None
            self.session.do_quietly(
                N_("Say whether a promise was kept"), say_kept, self._view.case.id, entry_id, is_kept=said
            )
