"""One step of a case: a box to tick, its state in words, and what belongs to it when it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.domain.procedures.case import StepState
from planner.domain.procedures.published import Rule, StepKind
from planner.domain.procedures.step_view import ShownState, StepView
from planner.gui.arrange import clear, scroll_to
from planner.gui.asking import Answering, Why, why
from planner.gui.fields import NoteField
from planner.gui.icons import icon
from planner.gui.labels import amber_label, heading_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_bodies import BODIES, Body, OrdersBody, SubmitBody
from planner.gui.pages.procedure_parts import Text, WhenLeft, as_of
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure, IconLabel, WrappedLink, icon_size
from planner.i18n import _, explain, ngettext
from planner.look import GRID
from planner.phrases import N_
from planner.services import procedures
from planner.services.procedures import CaseView, OpenItem

_ICONS = {
    ShownState.NOT_STARTED: "circle",
    ShownState.IN_PROGRESS: "circle-dot",
    ShownState.DONE: "circle-check",
    ShownState.NOT_NEEDED: "ban",
    ShownState.BLOCKED: "hourglass",
}

# Where a step may lead, and what its button says.
_PLACES = {
    "bills": (N_("Open what is recorded on the account"), ""),
    "compare": (N_("Compare with promotions"), "promotions"),
}

# More links than these are counted, and wait in a fold.
_MOST_LINKS = 6


class StepRow(Answering, QWidget):
    """One step of a case.

    Attributes:
        box: Ticked when nothing is left to do.
        links: What stands in its way, each leading to it.

    Signals:
        wanted: Another place, and what to show there.
        followed: Something open that lies within the procedure.
        edited: The user wants to write over its text.
        opened: It was opened or closed.
    """

    wanted = Signal(str, str)
    followed = Signal(object)
    edited = Signal(str)
    opened = Signal(bool)

    def __init__(self, session: Session, step_id: str) -> None:
        """Build the line that is always there; the rest is built when the step is opened."""
        super().__init__()
        self.session = session
        self.step_id = step_id
        self._shown: tuple[CaseView, StepView] | None = None
        self.box = QCheckBox()
        self.box.setMinimumWidth(3 * GRID)
        self.box.clicked.connect(self._on_ticked)
        self.title = text_label()
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.state_icon = IconLabel()
        self.state = quiet_label()
        self.state_icon.setProperty("role", "quiet")
        self.chevron = QToolButton(autoRaise=True)
        self.chevron.setIconSize(icon_size(self))
        self.chevron.setCheckable(True)
        self.chevron.toggled.connect(self._on_toggled)
        words = QHBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self.state_icon, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.state, 1)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.title)
        lines.addLayout(words)
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        row.addWidget(self.chevron, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self.section = heading_label()
        self.section.hide()
        self._column.addWidget(self.section)
        self._column.addWidget(self.head)
        self.details: Details | None = None
        self.chevron.setIcon(icon("chevron-right"))

    @property
    def is_open(self) -> bool:
        """Whether what belongs to it is shown."""
        return self.chevron.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide what belongs to it."""
        self.chevron.setChecked(is_open)

    def show_section(self, text: str) -> None:
        """Say above the step which part of the procedure it begins; with an empty text, nothing."""
        self.section.setText(text)
        self.section.setVisible(bool(text))

    def show_view(self, view: CaseView, step: StepView) -> None:
        """Show how the step stands."""
        self._shown = (view, step)
        title = _("{number}. {title}").format(number=view.steps.index(step) + 1, title=_(step.step.title))
        if step.step.optional:
            title = _("{step} (optional)").format(step=title)
        state = explain(step.state_words)
        self.title.setText(title)
        font = QFont(self.title.font())
        # What is done becomes plain, so that the eye goes to what is left.
        font.setWeight(QFont.Weight.Normal if step.is_settled else QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.title.setForegroundRole(
            QPalette.ColorRole.PlaceholderText if step.is_settled else QPalette.ColorRole.WindowText
        )
        self.state.setText(state)
        self.state_icon.show_icon(_ICONS[step.state], QPalette.ColorRole.PlaceholderText)
        self.box.setChecked(step.state is ShownState.DONE)
        self.box.setAccessibleName(_("{step}: done").format(step=title))
        self.box.setAccessibleDescription(state)
        self.chevron.setAccessibleName(_("Details: {step}").format(step=title))
        self.chevron.setToolTip(_("Hide the details") if self.is_open else _("Show the details"))
        if self.details is not None:
            self.details.show_view(view, step)

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self.title.text(), self._shown[1].state_words) if self._shown is not None else None

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.chevron.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if self.details is None and is_open and self._shown is not None:
            self.details = Details(self.session, self._shown[1])
            self.details.wanted.connect(self.wanted)
            self.details.followed.connect(self.followed)
            self.details.edited.connect(self.edited)
            self._column.addWidget(self.details)
            self._align()
            self.details.show_view(*self._shown)
        if self.details is not None:
            self.details.setVisible(is_open)
        self.opened.emit(is_open)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align()

    def _align(self) -> None:
        """Set what belongs to the step below its words, however large its box is."""
        layout = self.details.layout() if self.details is not None else None
        if layout is not None:
            layout.setContentsMargins(self.title.x(), 0, 0, 2 * GRID)

    def _on_ticked(self, is_done: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if self._shown is None:
            return
        view, step = self._shown
        if is_done and step.is_blocked and step.step.kind is StepKind.SUBMIT:
            self._ask_first()
            return
        self.session.do_quietly(
            N_("Mark a step"),
            procedures.set_step_state,
            view.case.id,
            self.step_id,
            StepState.DONE if is_done else StepState.NOT_STARTED,
            self.session.today,
        )
        # A refused wish leaves everything as it was, and the box has to say so.
        self.box.setChecked(self._shown[1].state is ShownState.DONE)
        if is_done and not self.box.isChecked():
            self.set_open(is_open=True)

    def _ask_first(self) -> None:
        """Something is open: show it, and offer to record the request all the same."""
        self.box.setChecked(False)
        self.set_open(is_open=True)
        if self.details is not None and isinstance(self.details.body, SubmitBody):
            self.details.body.ask()
            scroll_to(self.details.body.anyway_button)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_click and self.head.geometry().contains(event.position().toPoint()):
            self.chevron.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chevron.toggle()


class Details(QWidget):
    """What belongs to a step: its text and source, what is in its way, other ways, a note.

    Signals:
        wanted: Another place, and what to show there.
        followed: Something open that lies within the procedure.
        edited: The user wants to write over the text.
    """

    wanted = Signal(str, str)
    followed = Signal(object)
    edited = Signal(str)

    def __init__(self, session: Session, step: StepView) -> None:
        """Build what the kind of step needs."""
        super().__init__()
        self.session = session
        self._case_id = self._account_id = ""
        self._step = step
        self.text = text_label()
        self.source = quiet_label()
        self.own = quiet_label()
        self.reason = amber_label()
        self.links: list[WrappedLink] = []
        self._linked: tuple[tuple[str, str], ...] = ()
        self._link_column = QVBoxLayout()
        self._link_column.setSpacing(0)
        self.more = Disclosure()
        self.body = self._body()
        self.variants = Disclosure()
        self._variants = [Text() for _variant in step.step.variants]
        for each in self._variants:
            self.variants.column.addWidget(each)
        self.place_button = QPushButton()
        self.place_button.clicked.connect(self._go)
        self.edit_button = QPushButton()
        self.edit_button.clicked.connect(lambda: self.edited.emit(self._step.step.id))
        self.restore_button = QPushButton()
        self.restore_button.clicked.connect(self._restore)
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
        return body

    def _lay_out(self, note: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 0, 0, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.text)
        column.addWidget(self.source)
        column.addWidget(self.own)
        places = Flow()
        places.addWidget(self.place_button)
        column.addLayout(places)
        reasons = QVBoxLayout()
        reasons.setSpacing(0)
        reasons.addWidget(self.reason)
        reasons.addLayout(self._link_column)
        reasons.addWidget(self.more)
        column.addLayout(reasons)
        if self.body is not None:
            # What to settle in all comes before what it is made of; what to wait for before what to do.
            place = column.count() - (1 if self._step.step.kind is StepKind.SETTLE else 0)
            column.insertWidget(place, self.body)
        column.addWidget(self.variants)
        actions = Flow()
        for button in (
            *self.state_buttons.values(),
            self.reset_button,
            self.edit_button,
            self.restore_button,
            self.copy_button,
        ):
            actions.addWidget(button)
        column.addSpacing(GRID)
        column.addLayout(actions)
        column.addWidget(note)

    def show_view(self, view: CaseView, step: StepView) -> None:
        """Show how the step stands."""
        self._step = step
        self._case_id, self._account_id = view.case.id, view.account.id
        own = step.kept.own_text
        self.text.setText(own.text if own is not None else _(step.step.text))
        self.source.setText(as_of(step.step.source))
        self.source.setVisible(own is None)
        self.own.setText(self._own_words(view))
        self.own.setVisible(own is not None)
        self._show_open(view)
        if self.body is not None:
            self.body.show_view(view, step)
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
                self._case_id,
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

    def _show_open(self, view: CaseView) -> None:
        step = self._step
        found = view.open_items(step)
        if step.step.kind is StepKind.SUBMIT:
            reason = _("Still open in the record:")
        elif step.is_blocked:
            reason = _("Cannot start yet, because of this:")
        elif step.waits_for:
            reason = _("This came up since:")
        else:
            reason = _("Still to do in this step:")
        # The services have their boxes; a list beside them would say it twice.
        is_said = bool(found) and (step.step.kind is not StepKind.SERVICES or step.is_blocked)
        self.reason.setText(reason)
        self.reason.setVisible(is_said)
        shown = tuple((explain(each.text), each.blocker.target) for each in found) if is_said else ()
        more = max(len(shown) - _MOST_LINKS, 0)
        self.more.say(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self.more.setVisible(more > 0)
        if shown != self._linked:  # links that still hold keep the keyboard
            self._linked = shown
            self._make_links(found if is_said else ())

    def _make_links(self, found: Sequence[OpenItem]) -> None:
        clear(self._link_column)
        clear(self.more.column)
        self.links = []
        for place, each in enumerate(found):
            link = WrappedLink()
            link.say(explain(each.text), each.text)
            link.clicked.connect(lambda _checked=False, to=each: self._follow(to))
            column = self._link_column if place < _MOST_LINKS else self.more.column
            column.addWidget(link)
            self.links.append(link)

    def _follow(self, item: OpenItem) -> None:
        if item.blocker.place and not item.step_id:
            self.wanted.emit(item.blocker.place, item.blocker.target)
        else:
            self.followed.emit(item)

    def _show_variants(self) -> None:
        variants = self._step.step.variants
        self.variants.setVisible(bool(variants))
        self.variants.say(_("Other ways, as other sources tell it"))
        for widget, variant in zip(self._variants, variants, strict=True):
            widget.say("", _(variant.text), variant.source)

    def _show_buttons(self) -> None:
        step = self._step
        label, _target = _PLACES.get(step.step.place, ("", ""))
        self.place_button.setText(_(label))
        self.place_button.setVisible(bool(label))
        self.edit_button.setText(_("Edit the text"))
        self.restore_button.setText(_("Back to the published text"))
        self.restore_button.setVisible(step.kept.own_text is not None)
        self.copy_button.setText(_("Copy the text"))
        self.state_buttons[StepState.IN_PROGRESS].setText(_("Mark as in progress"))
        self.state_buttons[StepState.IN_PROGRESS].setVisible(step.state is ShownState.NOT_STARTED)
        self.state_buttons[StepState.NOT_NEEDED].setText(_("Mark as not needed"))
        self.state_buttons[StepState.NOT_NEEDED].setVisible(not step.is_settled)
        self.reset_button.setText(_("Mark as not started"))
        self.reset_button.setVisible(
            step.state in {ShownState.IN_PROGRESS, ShownState.NOT_NEEDED}
            and step.kept.state is not StepState.NOT_STARTED
        )

    def _go(self) -> None:
        _label, target = _PLACES[self._step.step.place]
        self.wanted.emit(self._step.step.place, target or self._account_id)

    def _mark(self, state: StepState) -> None:
        self.session.do_quietly(
            N_("Mark a step"),
            procedures.set_step_state,
            self._case_id,
            self._step.step.id,
            state,
            self.session.today,
        )

    def _restore(self) -> None:
        self.session.do(
            N_("Go back to the published text"),
            procedures.restore_step_text,
            self._case_id,
            self._step.step.id,
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
