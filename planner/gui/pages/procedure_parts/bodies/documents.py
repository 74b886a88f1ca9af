"""What the lender may want to see: for each document, whether it is at hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.procedures.case import DocumentState
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import ChoiceField
from planner.gui.labels import quiet_label, text_label
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.widgets import as_of
from planner.gui.session import Session
from planner.i18n import _, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.cases.documents import DocumentLine, documents_view, mark_document
from planner.services.cases.view import CaseView

_STILL_TO_FIND = ""


class DocumentsBody(Body):
    """A choice for each document: at hand, not asked for, or still to find.

    Attributes:
        rows: Each document, by its id.
    """

    lists_what_is_left = True

    def __init__(self, session: Session) -> None:
        """Build it without documents."""
        super().__init__(session)
        self.column.setSpacing(2 * GRID)
        self._case_id = self._step_id = ""
        self._none = quiet_label()
        self.column.addWidget(self._none)
        self.rows: dict[str, DocumentRow] = {}

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id, self._step_id = view.case.id, step.step.id
        lines = documents_view(self.session.store, view)
        for gone in self.rows.keys() - {each.document.id for each in lines}:
            row = self.rows.pop(gone)
            row.hide()
            row.deleteLater()
        self._none.setText(_("No documents are named for your answers."))
        self._none.setVisible(not lines)
        for place, each in enumerate(lines):
            if each.document.id not in self.rows:
                self._add(each.document.id, place)
            self.rows[each.document.id].show_line(each)

    @override
    def focus_on(self, target: str) -> None:
        row = self.rows.get(target)
        if row is not None:
            row.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, document_id: str, place: int) -> None:
        row = self.rows[document_id] = DocumentRow()
        row.choice.changed.connect(partial(self._mark, document_id))
        self.column.insertWidget(1 + place, row)

    def _mark(self, document_id: str) -> None:
        key = self.rows[document_id].choice.value()
        self.session.do_quietly(
            N_("Mark a document"),
            mark_document,
            self._case_id,
            self._step_id,
            document_id,
            DocumentState(key) if key else None,
            self.session.today,
        )


class DocumentRow(QWidget):
    """One document: what it is and must show, who says so, and what the user says of it.

    Attributes:
        choice: At hand, not asked for, or still to find.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.choice = ChoiceField()
        self.choice.label.setWordWrap(True)
        self._text, self._source = text_label(), quiet_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for widget in (self.choice, self._text, self._source):
            column.addWidget(widget)

    def show_line(self, line: DocumentLine) -> None:
        """Show a document and what the user says of it."""
        document = line.document
        self.choice.set_choices(
            [
                (_STILL_TO_FIND, _("Still to find")),
                (DocumentState.AT_HAND.value, _("At hand")),
                (DocumentState.NOT_ASKED.value, _("Not asked for")),
            ]
        )
        self.choice.set_key(line.state.value if line.state is not None else _STILL_TO_FIND)
        noted = line.noted_on
        self.choice.say(
            _(document.title), _("Noted on {date}").format(date=show(noted)) if noted is not None else ""
        )
        self._text.setText(_(document.text) if document.text else "")
        self._text.setVisible(bool(document.text))
        self._source.setText(as_of(document.source))
