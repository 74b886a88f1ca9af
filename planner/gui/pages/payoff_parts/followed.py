"""The plan that is followed: what to ask for by when, and planned against real."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.domain.adopted.plan import Method, Todo, TodoState
from planner.domain.adopted.plan_line import Line
from planner.domain.adopted.progress import Answer, Month, Progress
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.recorded import as_recorded
from planner.gui.arrange import clear, order_tabs
from planner.gui.labels import Figure, heading_label, quiet_label, strong_label
from planner.gui.layouts import Columns
from planner.gui.pages.payoff_parts.answer import Said
from planner.gui.pages.payoff_parts.files import SaveRow
from planner.gui.pages.payoff_parts.parts import Empty, Lines, column_of, holding, primary_button, row_of
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, show, show_month
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.reports.sheet import Sheet

_FIGURE = 14  # how narrow a figure may be, in heights of a line
_MOST_ROWS = 16

METHOD_WORDS = {
    Method.OPTIMUM: Phrase("the best plan"),
    Method.SNOWBALL: Phrase("smallest debt first"),
    Method.AVALANCHE: Phrase("highest rate first"),
    Method.OWN_ORDER: Phrase("your own order"),
    Method.HARDSHIP: Phrase("what you offered the lenders"),
}


class TodoRow(QWidget):
    """Something to ask a lender for, and the three things that can come of it.

    Attributes:
        answer: What is to be asked.
        buttons: One for each thing that can come of it.

    Signals:
        said: It is to be noted what came of it: the answer, and a ``Said``.
    """

    said = Signal(object, object)

    def __init__(self, answer: Answer) -> None:
        """Show it."""
        super().__init__()
        self.answer = answer
        words = strong_label()
        words.say(answer.words)
        state = quiet_label()
        told = _beside(answer.todo)
        state.setText(told)
        texts = {
            Said.ASKED: _("I have asked…"),
            Said.ACCEPTED: _("The lender accepted…"),
            Said.REFUSED: _("The lender refused…"),
        }
        if answer.todo.is_debit:
            texts = {Said.ACCEPTED: _("It is changed…")}
        self.buttons = {said: QPushButton() for said in texts}
        for said, button in self.buttons.items():
            button.setText(texts[said])
            name = _("{what} {act}").format(what=explain(answer.words), act=texts[said])
            button.setAccessibleName(name)
            button.clicked.connect(partial(self._say, said))
        # Never shown before they have a place: that would be windows of their own, which take the keyboard.
        if not told:
            state.hide()
        if Said.ASKED in self.buttons and answer.todo.state is not TodoState.OPEN:
            self.buttons[Said.ASKED].hide()
        column = column_of(self, GRID // 2)
        for widget in (words, state, row_of(*self.buttons.values())):
            column.addWidget(widget)

    def _say(self, said: Said, _checked: object = None) -> None:
        self.said.emit(self.answer, said)


def _beside(todo: Todo) -> str:
    """What stands below something to do: why, that it was asked for, and the user's own words."""
    told = []
    if todo.is_debit:
        told.append(_("Until then the lender debits all that is due, and the plan pays less."))
    elif todo.state is TodoState.ASKED:
        told.append(_("Asked on {date}.").format(date=show(todo.done_on)))
    if todo.note:
        told.append(_("Your note: {note}").format(note=todo.note))
    return "\n".join(told)


class FollowedSection(QWidget):
    """The plan that is followed.

    Attributes:
        progress: What is shown; None where no plan is followed.
        todos: What to ask for.
        months, lines: Planned against real by month; each payment of the plan.
        replan_button, give_up_button, save: What can be done with it.

    Signals:
        replan_wanted, give_up_wanted, best_wanted: Work it out anew, end it, look for one.
        said: What came of something asked: an ``Answer`` and a ``Said``.
    """

    replan_wanted = Signal()
    give_up_wanted = Signal()
    best_wanted = Signal()
    said = Signal(object, object)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.progress: Progress | None = None
        self.todos: list[TodoRow] = []
        self.empty = Empty()
        self._title, self._words = strong_label(), Lines()
        self._misfits, self._answered = Lines(), Lines()
        self.replan_button, self.give_up_button = primary_button(), QPushButton()
        self.figures = [Figure() for _number in range(3)]
        self._todos_heading, self._todo_rows = heading_label(), QVBoxLayout()
        self._todo_rows.setSpacing(2 * GRID)
        self._months_heading, self._lines_heading = heading_label(), heading_label()
        self.months = Table(TableModel(_month_columns()))
        self.lines = Table(TableModel(_line_columns()))
        self.save = SaveRow(lambda: _("Plan and payments"), self._sheets)
        self._build()

    def _sheets(self) -> list[Sheet]:
        from planner.reports.sheets import progress_sheet  # noqa: PLC0415 - nobody needs it before they save

        return [progress_sheet(self.progress)] if self.progress is not None else []

    def _build(self) -> None:
        self.replan_button.clicked.connect(self.replan_wanted)
        self.give_up_button.clicked.connect(self.give_up_wanted)
        self.empty.button.clicked.connect(self.best_wanted)
        figures = Columns(_FIGURE, len(self.figures), is_even=True)
        for figure in self.figures:
            figures.addWidget(figure)
        self.months.setSortingEnabled(False)
        self.lines.setSortingEnabled(False)
        self._full = QWidget()
        full = column_of(self._full, 2 * GRID)
        for widget in (self._title, self._words, self._misfits):
            full.addWidget(widget)
        full.addWidget(row_of(self.replan_button, self.give_up_button))
        full.addWidget(holding(figures))
        full.addWidget(self._todos_heading)
        full.addLayout(self._todo_rows)
        full.addWidget(self._answered)
        full.addWidget(self._months_heading)
        full.addWidget(self.months)
        full.addWidget(self._lines_heading)
        full.addWidget(self.lines)
        full.addWidget(self.save)
        column = column_of(self, 2 * GRID)
        column.addWidget(self.empty)
        column.addWidget(self._full)

    def show_progress(self, progress: Progress | None) -> None:
        """Show another state of the plan, or the same in another language; None where none is followed."""
        self.progress = progress
        self.empty.say(
            _("No plan is followed yet."),
            _("Adopt the best plan or one of the orders: its payments and what to ask for then stand here."),
            _("Look for the best plan"),
        )
        self.empty.setVisible(progress is None)
        self._full.setVisible(progress is not None)
        if progress is None:
            return
        self.save.refresh()
        self._say_head(progress)
        self._list_todos(progress)
        self._months_heading.setText(_("Planned and paid, month by month"))
        self.months.setAccessibleName(_("Planned and paid, month by month"))
        self.months.values_model.set_values(progress.months)
        self.months.fit_height(_MOST_ROWS)
        self._lines_heading.setText(_("Each payment of the plan"))
        self.lines.setAccessibleName(_("Each payment of the plan"))
        self.lines.values_model.set_values(progress.lines)
        self.lines.fit_height(_MOST_ROWS)

    def _say_head(self, progress: Progress) -> None:
        plan = progress.plan
        cost = as_recorded(Phrase("Cost when it was adopted"), plan.cost)
        self._title.say(
            Phrase(
                "Adopted on {date}: {method}, for {cost} above what was owed.",
                date=plan.adopted_on,
                method=METHOD_WORDS[plan.method],
                cost=cost,
            )
        )
        self._words.say("", progress.words)
        self._misfits.say(_("What has changed"), (misfit.words for misfit in progress.misfits))
        self.replan_button.setText(_("Re-plan from today"))
        self.give_up_button.setText(_("Give the plan up"))
        planned, paid, open_now = self.figures
        planned.show_made(_("Planned in all"), progress.planned)
        paid.show_made(_("Paid of it"), progress.paid)
        open_now.show_made(_("Open of what was planned by now"), progress.behind)

    def _list_todos(self, progress: Progress) -> None:
        clear(self._todo_rows)
        self.todos = [TodoRow(answer) for answer in progress.answers]
        for row in self.todos:
            row.said.connect(self.said)
            self._todo_rows.addWidget(row)
        is_asked = not any(row.answer.todo.is_debit for row in self.todos)
        self._todos_heading.setText(_("To ask the lenders for") if is_asked else _("To do for the plan"))
        self._todos_heading.setVisible(bool(self.todos))
        self._answered.say(_("What is answered or done"), progress.answered)
        order_tabs(self)


def _month_columns() -> tuple[Column[Month], ...]:
    return (
        Column(N_("Month"), lambda month: month.first_on, show_month),
        Column(N_("Planned"), lambda month: month.planned.value, made=lambda month: month.planned),
        Column(N_("Paid"), lambda month: month.paid.value, made=lambda month: month.paid),
    )


def _line_columns() -> tuple[Column[Line], ...]:
    return (
        Column(N_("Day"), lambda line: line.payment.on),
        Column(N_("What"), lambda line: explain(line.label), is_wide=True),
        Column(N_("Planned"), lambda line: line.payment.amount, made=_made_planned),
        Column(N_("Paid"), lambda line: line.paid, made=_made_paid),
        Column(N_("How it stands"), lambda line: explain(line.standing)),
    )


def _made_planned(line: Line) -> Derived[Money]:
    return as_recorded(Phrase("Planned for {date}", date=line.payment.on), line.payment.amount)


def _made_paid(line: Line) -> Derived[Money]:
    return as_recorded(Phrase("Paid towards it so far"), line.paid)
