"""Forms for the side pane: fields in one column, a preview, a button that saves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.errors import PlannerError
from planner.gui.arrange import order_tabs, scroll_to
from planner.gui.asking import Answering, Why
from planner.gui.fields import RETURN_KEYS, Field, NoteField, TextField, check_all
from planner.gui.labels import LinkButton, amber_label, quiet_label, text_label
from planner.gui.pane import PaneContent
from planner.gui.session import Session
from planner.i18n import _
from planner.look import GRID


class Form(Answering, PaneContent):
    """Fields in one column; Return in any line saves.

    A form adds its fields in ``__init__``, sets texts in ``refresh`` and saves in ``submit``. The
    first fields are the essential ones; those after ``more`` wait behind a link.

    Attributes:
        session: The open file.
        fields: All fields, in order.
        preview: What the form would record, while typing.
        kept_out: What of the typed words will not be kept: card numbers, codes and the like.
        unsaved_note: What is said to who leaves it without saving what was typed.

    Signals:
        saved: It was saved; the pane may close.
    """

    saved = Signal()

    def __init__(self, session: Session) -> None:
        """Build an empty form."""
        super().__init__()
        self.session = session
        self.fields: list[Field] = []
        self._extra: list[QWidget] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        self.column.setSpacing(2 * GRID)
        self.preview = text_label()
        self.problem, self.unsaved_note, self.kept_out = amber_label(), amber_label(), quiet_label()
        self._is_unsaved = False
        self.more_button = LinkButton()
        self.more_button.clicked.connect(self._show_more)
        self.more_button.hide()
        self.save_button = QPushButton()
        self.save_button.setProperty("role", "primary")
        self.save_button.clicked.connect(self.save)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        self._end = QVBoxLayout()
        self._end.setSpacing(2 * GRID)
        for widget in (self.more_button, self.preview, self.kept_out, self.problem, self.unsaved_note):
            self._end.addWidget(widget)
        self._end.addLayout(buttons)
        self.column.addLayout(self._end)
        self.column.addStretch(1)
        for label in (self.problem, self.unsaved_note, self.preview, self.kept_out):
            label.hide()

    def add(self, *fields: Field) -> None:
        """Add essential fields below the others."""
        for field in fields:
            self.fields.append(field)
            field.label.setWordWrap(True)  # some are longer than the pane is wide
            self.column.insertWidget(self.column.count() - 2, field)
            field.changed.connect(self._on_changed)
            if len(self.fields) == 1:
                self.setFocusProxy(field.input)

    def more(self, *fields: Field) -> None:
        """Add fields that wait behind a link."""
        self.add(*fields)
        for field in fields:
            self._extra.append(field)
            field.hide()
        self.more_button.show()

    def show_preview(self, text: str, *shown: object) -> None:
        """Show what would be recorded, or nothing.

        Args:
            text: What would be recorded, in words.
            shown: The figures in it, which say how they were made.
        """
        self.preview.tell(text, *shown)
        self.preview.setVisible(bool(text))

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return self.preview.answer() if at is None else None

    def refresh(self) -> None:
        """Set every text; each form has its own and calls this one too."""
        self.save_button.setText(_("Save"))
        self.more_button.setText(_("More"))
        self.unsaved_note.setText(_("Not saved yet. Do it again to leave it."))

    def on_change(self) -> None:
        """Follow what was typed: other fields, the preview."""

    def submit(self) -> bool:
        """Save what is in the fields, all of which can be read; False if that was refused."""
        raise NotImplementedError

    def save(self) -> None:
        """Check every field, save, and say what stands in the way."""
        self.problem.hide()
        if not check_all(self.fields):
            return
        self.session.refused.connect(self._on_refused)
        try:
            is_saved = self.submit()
        except PlannerError as error:
            self._on_refused(i18n.explain(error))
            is_saved = False
        finally:
            self.session.refused.disconnect(self._on_refused)
        if is_saved:
            self._is_unsaved = False
            self.unsaved_note.hide()
            self.saved.emit()

    def _on_refused(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def note_typed(self) -> None:
        """Remember that the user changed something which is not saved."""
        self._is_unsaved = True
        self.unsaved_note.hide()

    @override
    def may_leave(self) -> bool:
        if not self._is_unsaved or not self.unsaved_note.isHidden():
            return True
        self.unsaved_note.show()
        scroll_to(self.unsaved_note)
        return False

    def _on_changed(self) -> None:
        self.note_typed()
        self.problem.hide()
        self._say_kept_out()
        self.on_change()

    def _say_kept_out(self) -> None:
        """Say what of the typed words will not be kept, and leave them as they are until they are saved."""
        from planner.domain.kept_out import kept_out_of  # noqa: PLC0415 - nothing is typed at a start

        typed = [field.edit.toPlainText() for field in self.fields if isinstance(field, NoteField)]
        typed += [field.text() for field in self.fields if isinstance(field, TextField)]
        self.kept_out.setText("\n".join(map(i18n.explain, kept_out_of(typed))))
        self.kept_out.setVisible(bool(self.kept_out.text()))

    def _show_more(self) -> None:
        for widget in self._extra:
            widget.show()
        self.more_button.hide()
        self._extra[0].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in RETURN_KEYS:
            super().keyPressEvent(event)
        elif not self._has_keyboard_elsewhere():
            self.save()

    def _has_keyboard_elsewhere(self) -> bool:
        """Whether something that is no line has it: a check box, a table, an explanation."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused) and not isinstance(focused, QLineEdit)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The button that saves was made before the fields; only within its window does the order stay.
        order_tabs(self)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
