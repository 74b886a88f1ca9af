"""What belongs to one step of a case: its text and source, what is in its way, other ways, acts, a note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner import i18n
from planner.domain.procedures.case import StepState
from planner.domain.procedures.kinds import Rule
from planner.domain.procedures.step_view import ShownState, StepView
from planner.gui.fields import NoteField
from planner.gui.labels import quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies import BODIES
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.bodies.orders import OrdersBody
from planner.gui.pages.procedure_parts.evidence import EvidenceFiles
from planner.gui.pages.procedure_parts.forms import TextForm
from planner.gui.pages.procedure_parts.leads_to import Lead, lead_of
from planner.gui.pages.procedure_parts.open_links import OpenLinks
from planner.gui.pages.procedure_parts.own_step_form import OwnStepForm
from planner.gui.pages.procedure_parts.widgets import Text, WhenLeft, as_of
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure, WrappedLink
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.links import Link, link_of, start_linked
from planner.services.cases.own_steps import delete_own_step
from planner.services.cases.view import CaseView


class Details(QWidget):
    """What belongs to a step: its text and source, what is in its way, other ways, a note.

    Attributes:
        open_links: What is in its way.
        body: What its kind shows besides its words; None if there is no such thing.
        files: The files that belong to it.

    Signals:
        wanted: Another place, and what to show there.
        followed: Something open that lies within the procedure.
        form_asked: A form to open at the right, and its heading.
    """

    wanted = Signal(str, str)
    followed = Signal(object)
    form_asked = Signal(object, str)

    def __init__(self, session: Session, view: CaseView, step: StepView) -> None:
        """Build what the kind of step needs."""
        super().__init__()
        self.session = session
        self._view, self._step = view, step
        self.text = text_label()
        self.source = quiet_label()
        self.own = quiet_label()
        self.published = Disclosure()
        self._published = Text()
        self.published.column.addWidget(self._published)
        self.link_button = WrappedLink()  # the title of a procedure may be longer than the window is wide
        self.link_button.clicked.connect(self._follow_link)
        self._link: Link | None = None
        self.open_links = OpenLinks()
        self.open_links.wanted.connect(self.wanted)
        self.open_links.followed.connect(self.followed)
        self.body = self._body()
        self.files = EvidenceFiles(session, step.step.id)
        self.files.take_drops_on(self)
        self.variants = Disclosure()
        self._variants = [Text() for _variant in step.step.variants]
        for each in self._variants:
            self.variants.column.addWidget(each)
        self._lead: Lead | None = None
        self.place_button = QPushButton()
        self.place_button.clicked.connect(self._go)
        self.edit_button = QPushButton()
        self.edit_button.clicked.connect(self._edit)
        self.restore_button = QPushButton()
        self.restore_button.clicked.connect(self._restore)
        self.delete_button = QPushButton()
        self.delete_button.clicked.connect(self._delete)
        self.copy_button = QPushButton()
        self.copy_button.clicked.connect(self._copy)
        self.state_buttons = {state: QPushButton() for state in (StepState.IN_PROGRESS, StepState.NOT_NEEDED)}
        for state, button in self.state_buttons.items():
            button.clicked.connect(lambda _checked=False, to=state: self._mark(to))
        self.reset_button = QPushButton()
        self.reset_button.clicked.connect(lambda: self._mark(StepState.NOT_STARTED))
        self.note = NoteField()
        self.note.set_lines(3.2)
        note = WhenLeft(self.note, self.note.edit)
        note.left.connect(self.keep_note)
        self._lay_out(note)

    def _body(self) -> Body | None:
        step = self._step.step
        make = BODIES.get(step.kind)
        if make is None and Rule.UNFINISHED_ORDERS in step.rules:
            make = OrdersBody
        if make is None:
            return None
        body = make(self.session)
        body.wanted.connect(self.wanted)
        body.form_asked.connect(self.form_asked)
        return body

    def _lay_out(self, note: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 0, 0, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.text)
        column.addWidget(self.source)
        column.addWidget(self.own)
        column.addWidget(self.published)
        places = Flow()
        places.addWidget(self.place_button)
        column.addLayout(places)
        column.addWidget(self.link_button)
        column.addWidget(self.open_links)
        if self.body is not None:
            # What to wait for comes before what to do.
            column.insertWidget(column.count() - (1 if self.body.is_first else 0), self.body)
        column.addWidget(self.variants)
        actions = Flow()
        for button in (
            *self.state_buttons.values(),
            self.reset_button,
            self.edit_button,
            self.restore_button,
            self.copy_button,
            self.delete_button,
        ):
            actions.addWidget(button)
        column.addSpacing(GRID)
        column.addLayout(actions)
        column.addWidget(note)
        column.addWidget(self.files)

    def show_view(self, view: CaseView, step: StepView) -> None:
        """Show how the step stands."""
        self._view, self._step = view, step
        own = step.kept.own_text
        words = explain(step.text)
        self.text.setText(words)
        self.text.setVisible(bool(words))
        self.source.setText(_("A step of your own.") if step.step.is_own else as_of(step.step.source))
        self.source.setVisible(own is None)
        self.own.setText(self._own_words(view))
        self.own.setVisible(own is not None)
        self.published.say(_("Show the published text"))
        self.published.setVisible(own is not None and not step.step.is_own)
        self._published.say("", _(step.step.text), step.step.source)
        self._show_link()
        self.open_links.show_view(
            view, step, is_listed=self.body is not None and self.body.lists_what_is_left
        )
        if self.body is not None:
            self.body.show()
            self.body.show_view(view, step)
            self.body.setEnabled(view.case.ended_on is None or self.body.is_of_use_later)
            if step.is_not_needed:
                self.body.hide()
        self.files.show_view(view)
        self._show_variants()
        self._show_buttons()
        self.note.say(_("Your note"))
        if not self.note.edit.hasFocus() and self.note.value() != step.kept.note:
            self.note.set_text(step.kept.note)

    def keep_note(self) -> None:
        """Keep what is in the note, if it changed."""
        if self.session.has_store and self.note.value() != self._step.kept.note:
            self.session.do_quietly(
                N_("Write a note"),
                procedures.write_step_note,
                self._view.case.id,
                self._step.step.id,
                self.note.value(),
            )

    def _own_words(self, view: CaseView) -> str:
        own = self._step.kept.own_text
        if own is None:
            return ""
        parts = [_("These are your own words; the published text is kept.")]
        if own.revision < view.procedure.revision:
            parts.append(_("The published text has changed since you wrote them."))
        if own.language != i18n.language():
            name = i18n.LANGUAGES.get(own.language, own.language)
            parts.append(_("Written while the language was {language}.").format(language=name))
        return "\n".join(parts)

    def _show_variants(self) -> None:
        variants = self._step.step.variants
        self.variants.setVisible(bool(variants))
        self.variants.say(_("Other ways, as other sources tell it"))
        for widget, variant in zip(self._variants, variants, strict=True):
            widget.say("", _(variant.text), variant.source)

    def _show_buttons(self) -> None:
        step, is_under_way = self._step, self._view.case.ended_on is None
        self._lead = lead_of(self.session.store, self._view, step.step)
        self.place_button.setText(_(self._lead.label) if self._lead is not None else "")
        self.place_button.setVisible(self._lead is not None)
        is_own = step.step.is_own
        self.edit_button.setText(_("Edit the step…") if is_own else _("Edit the text"))
        self.restore_button.setText(_("Back to the published text"))
        self.restore_button.setVisible(step.kept.own_text is not None)
        self.delete_button.setText(_("Delete the step"))
        self.delete_button.setVisible(is_own)
        self.copy_button.setText(_("Copy the text"))
        self.copy_button.setVisible(bool(self.text.text()))
        self.state_buttons[StepState.IN_PROGRESS].setText(_("Mark as in progress"))
        self.state_buttons[StepState.IN_PROGRESS].setVisible(
            is_under_way and step.state is ShownState.NOT_STARTED
        )
        self.state_buttons[StepState.NOT_NEEDED].setText(_("Mark as not needed"))
        self.state_buttons[StepState.NOT_NEEDED].setVisible(is_under_way and not step.is_settled)
        self.reset_button.setText(_("Mark as not started"))
        self.reset_button.setVisible(
            is_under_way
            and step.state in {ShownState.IN_PROGRESS, ShownState.NOT_NEEDED}
            and step.kept.state is not StepState.NOT_STARTED
        )

    def _edit(self) -> None:
        step = self._step
        if step.step.is_own:
            self.form_asked.emit(OwnStepForm(self.session, self._view, step.step), _("A step of your own"))
            return
        form = TextForm(self.session, self._view.case, step.step, step.kept)
        self.form_asked.emit(form, explain(step.title))

    def _delete(self) -> None:
        self.session.do(N_("Delete a step"), delete_own_step, self._view.case.id, self._step.step.id)

    def _show_link(self) -> None:
        """Lead to the procedure that shows the whole of the step, if there is one for this account."""
        self._link = link_of(self.session.store, self._view, self._step.step)
        self.link_button.setVisible(self._link is not None)
        if self._link is None:
            return
        title = _(self._link.procedure.title)
        words = _("Open: {title}") if self._link.case is not None else _("Start: {title}")
        self.link_button.say(words.format(title=title))

    def _follow_link(self) -> None:
        if self._link is None:
            return
        case = self._link.case or self.session.do(
            N_("Start a procedure"),
            start_linked,
            self._view.case.id,
            self._link.procedure.id,
            self.session.today,
        )
        if case is not None:
            self.wanted.emit("procedures", "case:" + case.id)

    def _go(self) -> None:
        if self._lead is not None:
            self.wanted.emit(self._lead.place, self._lead.target)

    def _mark(self, state: StepState) -> None:
        self.session.do_quietly(
            N_("Mark a step"),
            procedures.set_step_state,
            self._view.case.id,
            self._step.step.id,
            state,
            self.session.today,
        )

    def _restore(self) -> None:
        self.session.do(
            N_("Go back to the published text"),
            procedures.restore_step_text,
            self._view.case.id,
            self._step.step.id,
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
