"""What a step shows besides its words: amounts to settle, services to unlink, the request and its wait."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.procedures.published import StepKind
from planner.domain.procedures.step_view import StepView
from planner.gui.arrange import clear
from planner.gui.fields import DateField, TimeField, check_all
from planner.gui.labels import Figure, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts import FigureLine, Notice
from planner.gui.pages.procedure_state_words import STATE_WORDS
from planner.gui.session import Session
from planner.gui.wrapping import Choice
from planner.i18n import _, explain, ngettext, show
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services import procedures
from planner.services.case_view import settling
from planner.services.procedures import CaseView


class Body(QWidget):
    """What one kind of step shows besides its words.

    Signals:
        wanted: Another place, and what to show there.
    """

    wanted = Signal(str, str)

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID)

    def show_view(self, view: CaseView, step: StepView) -> None:
        """Show how the step stands."""
        raise NotImplementedError


class OrdersBody(Body):
    """Unfinished orders: a day on which to look at them again."""

    def __init__(self, session: Session) -> None:
        """Build the field and its button."""
        super().__init__(session)
        self._case_id = ""
        self.day = DateField(session.today)
        self.remind_button = QPushButton()
        self.remind_button.clicked.connect(self._remind)
        self.clear_button = QPushButton()
        self.clear_button.clicked.connect(self._clear)
        buttons = Flow()
        buttons.addWidget(self.remind_button)
        buttons.addWidget(self.clear_button)
        self.column.addWidget(self.day)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id = view.case.id
        kept = view.case.look_again_on
        # Without an open order and without a reminder there is nothing to be reminded of.
        self.setVisible(bool(step.left) or kept is not None)
        self.day.today = self.session.today
        self.day.say(_("Look at the orders again on"))
        if kept is not None and not self.day.edit.hasFocus():
            self.day.set_day(kept)
        self.remind_button.setText(_("Remind me"))
        self.clear_button.setText(_("No reminder"))
        self.clear_button.setVisible(kept is not None)

    def _remind(self) -> None:
        if check_all([self.day]):
            self.session.do(N_("Set a reminder"), procedures.look_again, self._case_id, self.day.value())

    def _clear(self) -> None:
        self.day.set_text("")
        self.session.do(N_("Take a reminder away"), procedures.look_again, self._case_id, None)


class SettleBody(Body):
    """What settling everything today comes to, in all and for each plan."""

    def __init__(self, session: Session) -> None:
        """Build the figure and an empty list of plans."""
        super().__init__(session)
        self._view: CaseView | None = None
        self.figure = Figure()
        self.parts = QVBoxLayout()
        self.parts.setSpacing(GRID // 2)
        self.notes = quiet_label()
        self.correct_button = QPushButton()
        self.correct_button.clicked.connect(self._correct)
        flow = Flow()
        flow.addWidget(self.correct_button)
        self.column.addWidget(self.figure)
        self.column.addLayout(self.parts)
        self.column.addWidget(self.notes)
        self.column.addLayout(flow)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view = view
        found = view.settlement
        is_open = bool(step.left)
        note = "" if found.total.value.is_single else _("The sources differ on what the lender charges.")
        if is_open:
            self.figure.show_made(_("To settle everything today"), found.total, note)
        else:
            self.figure.say(_("To settle everything today"), _("Nothing is recorded as open."), note)
        clear(self.parts)
        for each in found.plans:
            name = _("{plan}, settled early").format(plan=each.plan.name)
            self.parts.addWidget(FigureLine(name, settling(each)))
        if found.late is not None:
            name = _("Late cost and daily charges by now, an estimate")
            self.parts.addWidget(FigureLine(name, found.late))
        notes = [*found.missing]
        if view.credit is not None:
            text = N_(
                "You have paid {amount} more than is recorded as due. Ask for it back before you cancel."
            )
            notes.append(Phrase(text, amount=view.credit))
        if is_open:
            text = N_("Did the app ask for another amount? Check the account against the app, and it counts.")
            notes.append(Phrase(text))
        self.notes.tell("\n".join(map(explain, notes)), notes)
        self.notes.setVisible(bool(notes))
        self.correct_button.setText(_("Check the account against the app"))
        self.correct_button.setVisible(is_open)

    def _correct(self) -> None:
        if self._view is not None:
            self.wanted.emit("bills", self._view.account.id)


class ServicesBody(Body):
    """A box for each thing that hangs on the account."""

    def __init__(self, session: Session) -> None:
        """Build it without boxes."""
        super().__init__(session)
        self._case_id = self._step_id = ""
        self._none = quiet_label()
        self.column.addWidget(self._none)
        self.choices: dict[str, Choice] = {}

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id, self._step_id = view.case.id, step.step.id
        services = {service.id: service for service in view.account.services}
        for gone in self.choices.keys() - services.keys():
            self.choices.pop(gone).deleteLater()
        for service in services.values():
            if service.id not in self.choices:
                self._add(service.id)
            name = _(service.name)
            if service.unlinked_on is not None:
                name = _("{service}, unlinked on {date}").format(service=name, date=show(service.unlinked_on))
            self.choices[service.id].say(name)
            self.choices[service.id].button.setChecked(service.unlinked_on is not None)
        self._none.setText(
            _("Tick what you have unlinked, and what was never linked.")
            if services
            else _("Nothing is recorded as linked to this account.")
        )

    def _add(self, service_id: str) -> None:
        choice = self.choices[service_id] = Choice(QCheckBox())
        choice.button.clicked.connect(lambda is_unlinked: self._tick(service_id, is_unlinked=is_unlinked))
        self.column.addWidget(choice)

    def _tick(self, service_id: str, *, is_unlinked: bool) -> None:
        day = self.session.today if is_unlinked else None
        self.session.do(
            N_("Unlink a service") if is_unlinked else N_("Link a service again"),
            procedures.tick_service,
            self._case_id,
            self._step_id,
            service_id,
            day,
        )


class DatedBody(Body):
    """Something that was done on a day: the day, and a button that records it.

    Attributes:
        day: When.
        record_button: Records it.
        undo_button: Takes it back; only once it is recorded.
    """

    def __init__(self, session: Session) -> None:
        """Build the field and the buttons."""
        super().__init__(session)
        self._view: CaseView | None = None
        self._step_id = ""
        self.status = text_label()
        self.day = DateField(session.today)
        self.day.set_day(session.today)
        self.record_button = QPushButton()
        self.record_button.clicked.connect(self._on_record)
        self.undo_button = QPushButton()
        self.undo_button.clicked.connect(self._on_undo)
        buttons = Flow()
        buttons.addWidget(self.record_button)
        buttons.addWidget(self.undo_button)
        self.column.addWidget(self.status)
        self.column.addWidget(self.day)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view, self._step_id = view, step.step.id
        self.day.today = self.session.today

    def _show_status(self, text: str) -> None:
        self.status.setText(text)
        self.status.setVisible(bool(text))

    def _on_record(self) -> None:
        if self._view is not None and check_all([self.day]):
            self.record(self._view)

    def _on_undo(self) -> None:
        if self._view is not None:
            self.take_back(self._view)

    def record(self, view: CaseView) -> None:
        """Record that it was done on the day in the field."""
        raise NotImplementedError

    def take_back(self, view: CaseView) -> None:
        """Record that it does not hold any more."""
        raise NotImplementedError


class SubmitBody(DatedBody):
    """The day and the time of the request.

    While the record holds something open, recording takes a second button: the lender may have accepted
    the request all the same.

    Attributes:
        time: At what time of the day; may stay empty.
        warning: What is open, and that it can be recorded anyway; only once it is asked for.
        anyway_button: Records it all the same.
    """

    def __init__(self, session: Session) -> None:
        """Build the warning and its button below the field."""
        super().__init__(session)
        self._is_asked = False
        self._open = 0
        self.time = TimeField(is_required=False)
        self.column.insertWidget(self.column.indexOf(self.day) + 1, self.time)
        self.warning = Notice()
        self.anyway_button = QPushButton()
        self.anyway_button.clicked.connect(self._record_anyway)
        anyway = Flow()
        anyway.addWidget(self.anyway_button)
        self.column.addWidget(self.warning)
        self.column.addLayout(anyway)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        super().show_view(view, step)
        submitted_on = view.case.submitted_on
        self._open = len(step.waits_for) if submitted_on is None else 0
        self._is_asked = self._is_asked and self._open > 0
        said = [phrase for phrase in (view.submitted, view.recorded_anyway) if phrase is not None]
        self._show_status("\n".join(map(explain, said)))
        self.day.say(_("Day of the request"))
        self.time.say(_("Time"))
        if submitted_on is not None and not self.day.edit.hasFocus():
            self.day.set_day(submitted_on)
            self.time.set_time(view.case.submitted_at)
        self.day.echo()
        self.record_button.setText(
            _("I have submitted the request") if submitted_on is None else _("Change the day")
        )
        self.record_button.setProperty("role", "primary" if submitted_on is None else "")
        self.record_button.style().polish(self.record_button)
        self.undo_button.setText(_("It was not submitted after all"))
        self.undo_button.setVisible(submitted_on is not None)
        self.record_button.setVisible(not self._is_asked)
        self._show_warning()

    def ask(self) -> None:
        """Say what is open, and offer to record the request all the same."""
        self._is_asked = True
        self._show_warning()
        # The keyboard moves on before the button that had it goes.
        self.anyway_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.record_button.hide()

    def _show_warning(self) -> None:
        text = ngettext(
            "{count} thing is still open in the record, as listed above. If the lender has accepted the "
            "request all the same, you can record it; the case keeps that it was so.",
            "{count} things are still open in the record, as listed above. If the lender has accepted the "
            "request all the same, you can record it; the case keeps that it was so.",
            self._open,
        ).format(count=self._open)
        self.warning.say(text if self._is_asked else "")
        self.anyway_button.setText(_("Record it anyway"))
        self.anyway_button.setAccessibleDescription(text)
        self.anyway_button.setVisible(self._is_asked)

    def _record_anyway(self) -> None:
        if self._view is not None:
            self._submit(self._view, is_accepted=True)

    def _submit(self, view: CaseView, *, is_accepted: bool = False) -> None:
        if check_all([self.day, self.time]):
            self.session.do(
                N_("Submit the request"),
                procedures.submit,
                view.case.id,
                self.day.value(),
                self.session.today,
                at=self.time.value(),
                is_accepted=is_accepted,
            )

    @override
    def record(self, view: CaseView) -> None:
        if self._open:
            self.ask()
            return
        self._submit(view)

    @override
    def take_back(self, view: CaseView) -> None:
        self.session.do(N_("Take the request back"), procedures.withdraw, view.case.id, self.session.today)


class StateBody(DatedBody):
    """The day from which the account has the state that the step leads to."""

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        super().show_view(view, step)
        wanted = step.step.state
        if wanted is None:
            return
        held = [each for each in view.account.states if each.state is wanted and each.holds_on(view.today)]
        words = STATE_WORDS[wanted]
        said = _(words.status).format(account=view.account.name, date=show(held[-1].since)) if held else ""
        self._show_status(said)
        self.day.say(_(words.since))
        self.day.echo()
        self.record_button.setText(_(words.record))
        self.undo_button.setText(_(words.undo))
        is_free = not held and not step.is_blocked
        self.day.setVisible(is_free)
        self.record_button.setVisible(is_free)
        self.undo_button.setVisible(bool(held) and (wanted.is_restriction or step.is_settled))

    @override
    def record(self, view: CaseView) -> None:
        self.session.do(
            N_("Record a state"),
            procedures.enter_state,
            view.case.id,
            self._step_id,
            self.day.value(),
            self.session.today,
        )

    @override
    def take_back(self, view: CaseView) -> None:
        self.session.do(
            N_("Take a state back"),
            procedures.leave_state,
            view.case.id,
            self._step_id,
            self.session.today,
        )


class VerifyBody(Body):
    """When the lender may have finished."""

    def __init__(self, session: Session) -> None:
        """Build the figure."""
        super().__init__(session)
        self.figure = Figure()
        self.column.addWidget(self.figure)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        window = view.made_window
        self.figure.setVisible(window is not None)
        if window is not None:
            note = explain(view.window_note) if view.window_note is not None else ""
            self.figure.show_made(_("The lender should be done"), window, note)


class ChooseBody(Body):
    """A choice that may make the rest needless."""

    def __init__(self, session: Session) -> None:
        """Build the button."""
        super().__init__(session)
        self._case_id = self._step_id = ""
        self.stay_button = QPushButton()
        self.stay_button.clicked.connect(self._stay)
        self.hint = quiet_label()
        flow = Flow()
        flow.addWidget(self.stay_button)
        self.column.addLayout(flow)
        self.column.addWidget(self.hint)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id, self._step_id = view.case.id, step.step.id
        self.stay_button.setText(_("I will not cancel"))
        self.hint.setText(_("This marks the steps of cancelling as not needed. It can be undone."))
        self.setVisible(view.case.submitted_on is None and not step.is_settled)

    def _stay(self) -> None:
        self.session.do(
            N_("Decide not to cancel"), procedures.stay, self._case_id, self._step_id, self.session.today
        )


BODIES: dict[StepKind, Callable[[Session], Body]] = {
    StepKind.SETTLE: SettleBody,
    StepKind.SERVICES: ServicesBody,
    StepKind.SUBMIT: SubmitBody,
    StepKind.STATE: StateBody,
    StepKind.VERIFY: VerifyBody,
    StepKind.CHOOSE: ChooseBody,
}
