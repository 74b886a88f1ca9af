"""What a lender said to what the plan asks for: asked, refused, or accepted with its rows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from planner.compat import override
from planner.domain.adopted.plan import AdoptedPlan, Todo
from planner.domain.adopted.planned import rows_asked_for
from planner.domain.instalment import Instalment
from planner.domain.money import sum_of
from planner.domain.optimum.problem import PlanRow
from planner.domain.plans.plan_terms import plan_cost
from planner.gui.fields import DateField, TextField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label, strong_label
from planner.gui.recording.plan_rows import RowsEditor
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_, Phrase
from planner.services.lender_answers import asked, lender_accepted, lender_refused
from planner.services.plans import RowEdit, edited_rows


class Said(StrEnum):
    """What became of something that the lender has to agree to."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class AnswerForm(Form):
    """The day and the words of an answer; if the lender accepted, also the rows it agreed to.

    Attributes:
        on: When.
        note: What the lender said.
        rows: What was agreed to; None where nothing was.
    """

    def __init__(self, session: Session, plan: AdoptedPlan, todo: Todo, words: Phrase, said: Said) -> None:
        """Start with today, and with the rows as planned.

        Args:
            session: The open file.
            plan: The plan that is followed.
            todo: What was asked for.
            words: The same in words.
            said: What became of it.
        """
        super().__init__(session)
        self._todo, self._words, self.said = todo, words, said
        self._what, self._about = strong_label(), quiet_label()
        self.column.insertWidget(0, self._what)
        self.column.insertWidget(1, self._about)
        self.on, self.note = DateField(session.today), TextField(is_required=False)
        self.add(self.on, self.note)
        self.rows: RowsEditor | None = None
        self._planned: tuple[Instalment, ...] = ()
        if said is Said.ACCEPTED and not todo.is_debit:
            self._planned = _as_instalments(rows_asked_for(plan, todo.id))
            self.rows = RowsEditor(session.today, plan.currency)
            self.rows.typed.connect(self.note_typed)
            self.rows.edited.connect(self._on_edited)
            self.rows.taken_back.connect(self._on_taken_back)
            self.column.insertWidget(self.column.count() - 2, self.rows)
        self._now = self._planned
        self._to_repay = sum_of((row.principal for row in self._planned), plan.currency)
        self.on.set_day(session.today)
        # What was noted when the lender was asked is still there to be added to.
        self.note.set_text(todo.note)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self._what.say(self._words)
        self.on.say(self._on_text())
        self.on.echo()
        # A debit is changed in an app: there is nobody to speak to.
        self.note.say(_("Note"), "" if self._todo.is_debit else _("For example whom you spoke to"))
        self._about.setText(_about_debit() if self._todo.is_debit else _about(self.said))
        self.save_button.setText(_("The debit is changed") if self._todo.is_debit else _button(self.said))
        if self.rows is not None:
            self.rows.refresh()
        self.on_change()

    def _on_text(self) -> str:
        if self._todo.is_debit:
            return _("Changed on")
        return _("Asked on") if self.said is Said.ASKED else _("Answered on")

    @override
    def on_change(self) -> None:
        if self.rows is not None:
            cost = plan_cost(self._now, self._to_repay, ())
            self.rows.show_rows(self._now, cost, is_edited=self._now != self._planned)

    def _on_edited(self, edit: RowEdit) -> None:
        self._now = edited_rows(self._now, edit)
        self.problem.hide()
        self.on_change()

    def _on_taken_back(self) -> None:
        self._now = self._planned
        self.on_change()

    @override
    def submit(self) -> bool:
        on, note = self.on.value(), self.note.value() or ""
        if self.said is Said.ASKED:
            return (
                self.session.do(N_("Note that the lender was asked"), asked, self._todo.id, on, note)
                is not None
            )
        if self.said is Said.REFUSED:
            title = N_("Note that the lender refused")
            return self.session.do(title, lender_refused, self._todo.id, on, note) is not None
        if self._todo.is_debit:
            title = N_("Note that the automatic debit is changed")
            return self.session.do(title, lender_accepted, self._todo.id, on, note=note) is not None
        if self.rows is not None and not self.rows.finish():
            return False
        rows = [PlanRow(row.due_on, row.principal, row.fee, row.interest) for row in self._now]
        title = N_("Record what the lender accepted")
        return self.session.do(title, lender_accepted, self._todo.id, on, rows, note=note) is not None


def _about(said: Said) -> str:
    if said is Said.ACCEPTED:
        return _(
            "The dues change only now: what is agreed takes the place of what it pays back. Change what the "
            "lender agreed to otherwise."
        )
    if said is Said.REFUSED:
        return _("The dues stay as they are. The plan can then be worked out again without this.")
    return _("Only a note for yourself: the dues stay as they are until the lender accepts.")


def _about_debit() -> str:
    return _(
        "Lower the automatic debit in the lender’s app, or turn it off there and pay by yourself. From then "
        "on only what is planned counts as debited."
    )


def _button(said: Said) -> str:
    if said is Said.ACCEPTED:
        return _("The lender accepted this")
    return _("The lender refused") if said is Said.REFUSED else _("I have asked")


def _as_instalments(rows: Sequence[PlanRow]) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(number, row.on, row.principal, row.fee, row.interest) for number, row in enumerate(rows, 1)
    )
