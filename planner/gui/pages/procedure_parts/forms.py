"""The forms of the place Procedures: for which account, own words, a contact, the end."""

from __future__ import annotations

from planner import i18n
from planner.compat import override
from planner.domain.account import Contact, State
from planner.domain.procedures.case import Case, CaseStep
from planner.domain.procedures.published import Step
from planner.gui.fields import ChoiceField, DateField, NoteField, TextField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.session import Session
from planner.i18n import _, ngettext
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.stopping import result_so_far
from planner.services.cases.tasks import has_tasks
from planner.services.procedures import Card, CaseView

_EDIT_LINES = 12


class StartForm(Form):
    """Asks for the account that a procedure is for, where more than one fits.

    Attributes:
        started: The case that was started; None until then.
    """

    def __init__(self, session: Session, card: Card) -> None:
        """Offer the accounts of a card of the library."""
        super().__init__(session)
        self._card = card
        self.started: Case | None = None
        self.account = ChoiceField()
        self.account.set_choices([(account.id, account.name) for account in card.accounts])
        self.add(self.account)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Start"))
        self.account.say(_("Which account is it for?"))

    @override
    def submit(self) -> bool:
        self.started = self.session.do(
            N_("Start a procedure"),
            procedures.start_case,
            self._card.procedure.id,
            self.account.value(),
            self.session.today,
        )
        return self.started is not None


class TextForm(Form):
    """Takes the user's own words over the text of a step."""

    def __init__(self, session: Session, case: Case, step: Step, kept: CaseStep) -> None:
        """Start with the words that stand there now."""
        super().__init__(session)
        self._case, self._step = case, step
        self.text = NoteField()
        self.text.is_required = True
        self.text.set_text(kept.own_text.text if kept.own_text is not None else _(step.text))
        self.text.set_lines(_EDIT_LINES)
        self.published = quiet_label()
        self.add(self.text)
        self.column.insertWidget(self.column.count() - 2, self.published)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.text.say(_("In your own words"), _("The published text is kept, and you can go back to it."))
        self.published.setText(_("Published: {text}").format(text=_(self._step.text)))

    @override
    def submit(self) -> bool:
        done = self.session.do(
            N_("Edit the text of a step"),
            procedures.edit_step_text,
            self._case.id,
            self._step.id,
            self.text.value(),
            i18n.language(),
        )
        return done is not None


class ContactForm(Form):
    """Corrects how to reach the lender."""

    def __init__(self, session: Session, case: Case, number: int, contact: Contact) -> None:
        """Start with a contact as it is."""
        super().__init__(session)
        self._case, self._number, self._contact = case, number, contact
        self.label, self.number = TextField(), TextField()
        self.label.set_text(_(contact.label))
        self.number.set_text(contact.number)
        self.add(self.label, self.number)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.label.say(_("Whom you reach"))
        self.number.say(_("Telephone number or address"))

    @override
    def submit(self) -> bool:
        label, number = self.label.text(), self.number.text()
        if label == _(self._contact.label):
            label = self._contact.label  # unchanged words stay translatable
        # A number of the user's own is not vouched for by the published source.
        source = self._contact.source if number == self._contact.number else ""
        done = self.session.do(
            N_("Change a contact"),
            procedures.change_contact,
            self._case.id,
            self._number,
            Contact(label, number, source),
        )
        return done is not None


class FinishForm(Form):
    """Asks for the day on which a case was finished, and for what came of it where that is open."""

    def __init__(self, session: Session, view: CaseView) -> None:
        """Start with today."""
        super().__init__(session)
        self._view = view
        self.day = DateField(session.today)
        self.day.set_day(session.today)
        # Nothing is preset but what a choice to stop or an agreement says: it may close the account.
        self.result = ChoiceField(has_preset=False)
        self.result.is_required = True
        self.add(self.day)
        if view.procedure.results:
            self.add(self.result)
        self.refresh()
        self.result.set_key(result_so_far(view))
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Finish"))
        self.day.say(_("Finished on"))
        self.day.echo()
        self.result.say(_("What came of it"))
        self.result.set_choices([(each.id, _(each.title)) for each in self._view.procedure.results])
        state = self._said_of_state().format(account=self._view.account.name)
        said = [state] if state else []
        count = self._view.open_steps
        if count:
            said.append(
                ngettext(
                    "{count} step is left open. It stays as it is, and you can finish all the same.",
                    "{count} steps are left open. They stay as they are, and you can finish all the same.",
                    count,
                ).format(count=count)
            )
        if self._view.recorded_anyway is not None and any(step.left for step in self._view.steps):
            said.append(_("What is open in the record stays recorded."))
        if has_tasks(self._view):
            said.append(
                _("Its tasks do not come again once it is finished. As long as they should, leave it open.")
            )
        self.show_preview("\n".join(said))

    @override
    def on_change(self) -> None:
        self.refresh()

    def _said_of_state(self) -> str:
        """What becomes of the account."""
        closed = _("{account} will be recorded as closed from that day on.")
        if not self._view.procedure.results and not self._view.procedure.is_closing:
            return ""
        if not self._view.procedure.results:
            is_made = self._view.case.submitted_on is not None
            return closed if is_made else _("The request was not made, so {account} stays open.")
        came_to = self._view.procedure.result(self.result.box.currentData() or "")
        if came_to is None:
            return ""
        said: dict[State | None, str] = {
            State.CLOSED: closed,
            State.OPEN: _("{account} stays open, or is open again from that day on."),
        }
        return said.get(came_to.state, _("{account} stays recorded as it is."))

    @override
    def submit(self) -> bool:
        done = self.session.do(
            N_("Finish a procedure"),
            procedures.finish,
            self._view.case.id,
            self.day.value(),
            self.session.today,
            self.result.value() if self._view.procedure.results else "",
        )
        return done is not None
