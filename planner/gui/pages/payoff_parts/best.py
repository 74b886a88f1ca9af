"""The best plan: looked for off the thread of the windows, shown with its proof, adopted in one step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planner import i18n
from planner.domain.optimum.problem import Option
from planner.domain.optimum.solver import Progress
from planner.domain.optimum.stage import Stage
from planner.domain.payoff.best import BestPlan, best_plan
from planner.domain.payoff.question import ObstacleKind, PayoffQuestion
from planner.domain.payoff.resting import resting
from planner.gui.labels import heading_label
from planner.gui.pages.payoff_parts.choices import Chosen, DebtView
from planner.gui.pages.payoff_parts.files import save_sheets
from planner.gui.pages.payoff_parts.own_offer import can_have_offers, offer_form, remove_offer
from planner.gui.pages.payoff_parts.parts import Empty, column_of, raise_it, row_of
from planner.gui.pages.payoff_parts.plan_sheets import plan_sheets
from planner.gui.pages.payoff_parts.result import ResultView
from planner.gui.pages.payoff_parts.short import ShortView
from planner.gui.pages.payoff_parts.solving import SolvingStrip
from planner.gui.pages.procedure_parts.widgets import Notice
from planner.gui.session import Session
from planner.gui.talk import Talk
from planner.gui.tasks import Latest
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.adopting import adopt


class BestSection(QWidget):
    """The best plan of the currency that is shown.

    Attributes:
        plan: The answer that is shown; None as long as there is none.
        strip: How far the search is.
        obstacle: What has to be recorded first.
        result: A plan that holds, or the one that is late least.
        short: What to do where none holds.
        late_button: Shows the plan that is late least; hidden unless nothing else is possible.

    Signals:
        wanted: Something is to be entered or shown elsewhere: a place and what to show there.
        opened: A widget is to be shown in the pane, with its heading.
        closed: What is shown there is done.
        adopted: A plan is followed now.
        limits_wanted, what_if_wanted, over_time_wanted: What the buttons lead to.
    """

    wanted = Signal(str, str)
    opened = Signal(QWidget, str)
    closed = Signal()
    adopted = Signal()
    limits_wanted = Signal()
    what_if_wanted = Signal()
    over_time_wanted = Signal()

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self._session = session
        self._question: PayoffQuestion | None = None
        self.plan: BestPlan | None = None
        self.strip, self.obstacle = SolvingStrip(), Empty()
        self.over_time_button, self.late_button = QPushButton(), QPushButton()
        self.short, self.result = ShortView(session), ResultView()
        self._late_heading, self._late_notice = heading_label(), Notice()
        self._drawn = ("", "")
        self._latest = Latest(self)
        column = column_of(self, 2 * GRID)
        self._over_time_row, self._late_row = row_of(self.over_time_button), row_of(self.late_button)
        for widget in (self.strip, self.obstacle, self._over_time_row, self.short):
            column.addWidget(widget)
        for widget in (self._late_heading, self._late_notice, self._late_row, self.result):
            column.addWidget(widget)
        self._connect()
        self._show_parts()

    def _connect(self) -> None:
        self._latest.ready.connect(self._on_found)
        self._latest.failed.connect(self._on_failed)
        self._latest.news.connect(self._on_news)
        self.strip.taken.connect(self._latest.take)
        self.strip.stopped.connect(self._stop)
        self.strip.again.connect(self._look)
        self.obstacle.button.clicked.connect(self._overcome)
        self.over_time_button.clicked.connect(self.over_time_wanted)
        self.late_button.clicked.connect(self._show_late)
        short, result = self.short, self.result
        short.opened.connect(self.opened)
        short.adopted.connect(self.adopted)
        short.limits_wanted.connect(self.limits_wanted)
        short.what_if_wanted.connect(self.what_if_wanted)
        result.debt_wanted.connect(self._open_debt)
        result.adopt_button.clicked.connect(self._want_to_adopt)
        result.twice.agreed.connect(self._adopt)
        result.limits_button.clicked.connect(self.limits_wanted)
        result.report_button.clicked.connect(self._report)
        result.save_button.clicked.connect(self._save)
        result.print_button.clicked.connect(self._print)

    # --- looking for it ---

    def show_question(self, question: PayoffQuestion, *, is_new: bool) -> None:
        """Look for the best plan, or say it in another language.

        Args:
            question: What is asked.
            is_new: Whether it has to be looked for.
        """
        self._question = question
        if is_new:
            self._look()
        elif self.plan is not None and self._drawn != _language():
            self._show(self.plan)
            self._show_parts()
        self.strip.refresh()
        self._say_obstacle(question)

    def forget(self) -> None:
        """Look no further: the answer would be to another question."""
        self._latest.stop()
        self.strip.end()

    def _look(self) -> None:
        """Look for the best plan; what is shown stays until there is another one."""
        question = self._question
        self._latest.stop()
        if question is None or question.obstacles:
            self.plan = None
            self.strip.end()
            self._show_parts()
            return
        self.strip.begin(is_again=self.plan is not None)
        self._set_current(is_current=False)
        self._latest.ask_long(_looked_for, question)

    def _stop(self) -> None:
        self._latest.stop()
        self.plan = None
        self.strip.stop()
        self._show_parts()

    def _on_news(self, news: Progress | Stage) -> None:
        if isinstance(news, Stage):
            self.strip.tell_stage(news.words, can_take=news.has_choice)
        else:
            self.strip.tell(news.words)

    def _on_found(self, plan: BestPlan) -> None:
        self.strip.end()
        self.plan = plan
        self._session.results["payoff"] = plan
        self._show(plan)
        self._set_current(is_current=True)
        self._show_parts()

    def _on_failed(self, error: Exception) -> None:
        self._stop()
        raise_it(error)

    # --- drawing ---

    def _show(self, plan: BestPlan) -> None:
        self._drawn = _language()
        if plan.is_feasible:
            self.result.show_plan(plan)
        if plan.short:
            self.short.show_plan(plan)
        self._late_heading.setText(_("Contact the lender first"))
        self._late_notice.say(
            Phrase(
                "No plan holds without being late. Below is the one with the least late cost. It is no "
                "advice to stop paying: talk to the lenders before a due date passes."
            )
        )
        self.late_button.setText(_("Show the plan that is late least"))

    def _set_current(self, *, is_current: bool) -> None:
        """Let the plan that is shown be followed, or not while another one is looked for."""
        self.result.set_current(is_current=is_current)
        if not is_current:  # drawn anew, it offers it again
            self.short.hardship.adopt_button.setEnabled(False)

    def _show_parts(self) -> None:
        """Show what there is: an obstacle, a plan that holds, or what to do where none holds."""
        plan, question = self.plan, self._question
        has_obstacle = question is not None and bool(question.obstacles)
        self.obstacle.setVisible(has_obstacle)
        self._over_time_row.setVisible(has_obstacle)
        self.short.setVisible(plan is not None and bool(plan.short))
        is_late = plan is not None and plan.is_late and plan.is_feasible
        for widget in (self._late_heading, self._late_notice, self._late_row):
            widget.setVisible(is_late)
        self.result.setVisible(plan is not None and plan.is_feasible and not is_late)

    def _show_late(self) -> None:
        self._late_row.hide()
        self.result.show()

    def _say_obstacle(self, question: PayoffQuestion) -> None:
        self.over_time_button.setText(_("Look at the orders over time"))
        if not question.obstacles:
            return
        obstacle = question.obstacles[0]
        need = _("You need: what is on your account today. The orders over time work without it.")
        if obstacle.kind is ObstacleKind.NO_DEBTS:
            need = _("You need: your last statement, or the amount and the due date of a debt.")
        buttons = {
            ObstacleKind.NO_CASH: _("Add a cash account"),
            ObstacleKind.NO_BALANCE: _("Enter the balance"),
            ObstacleKind.NO_DEBTS: _("Add a bill"),
        }
        self.obstacle.say(explain(obstacle.text), need, buttons[obstacle.kind])

    # --- acts ---

    def _overcome(self) -> None:
        question = self._question
        if question is None or not question.obstacles:
            return
        obstacle = question.obstacles[0]
        if obstacle.kind is ObstacleKind.NO_DEBTS:
            self.wanted.emit("bills", "new-bill")
        else:
            self.wanted.emit("cash", obstacle.target)

    def _open_debt(self, chosen: Chosen) -> None:
        question, debt_id = self._question, chosen.options.decision.id
        if question is None:
            return
        view = DebtView(chosen, can_add=can_have_offers(question, debt_id))
        view.offer_wanted.connect(partial(self._add_offer, chosen.name, debt_id))
        view.removed.connect(self._remove_offer)
        self.opened.emit(view, chosen.name)

    def _add_offer(self, name: str, debt_id: str) -> None:
        form = offer_form(self._session, self._question, debt_id) if self._question is not None else None
        if form is not None:
            form.saved.connect(self.closed)
            self.opened.emit(form, name)

    def _remove_offer(self, option: Option) -> None:
        remove_offer(self._session, option)
        self.closed.emit()

    def _want_to_adopt(self) -> None:
        """Adopt the plan, or ask once more if it rests on what is only assumed."""
        doubts = resting(self.plan) if self.plan is not None else ()
        if doubts:
            self.result.twice.ask(doubts, self.result.adopt_button)
        else:
            self._adopt()

    def _adopt(self) -> None:
        plan = self.plan
        if plan is None:
            return
        done = self._session.do(
            N_("Adopt the plan"), adopt, self._session.today, plan.choices, is_proved=plan.is_proved
        )
        if done is not None:
            self.adopted.emit()

    def _report(self) -> None:
        self.wanted.emit("reports", "payoff")

    def _print(self) -> None:
        self.wanted.emit("reports", "payoff:print")

    def _save(self) -> None:
        plan = self.plan
        if plan is None:
            return
        name = _("Repayment plan {date}").format(date=self._session.today.isoformat())
        self.result.tell(save_sheets(self, name, lambda: plan_sheets(plan)))


def _language() -> tuple[str, str]:
    """In what it is drawn: drawing many debts again takes a while."""
    return i18n.language(), i18n.number_format()


def _looked_for(talk: Talk, question: PayoffQuestion) -> BestPlan:
    """The best plan, in another thread."""
    return best_plan(question, talk.tell, lambda: talk.should_end)
