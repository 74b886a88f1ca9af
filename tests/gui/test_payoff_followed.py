from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.adopted.plan import AdoptedPlan, Todo, TodoState
from planner.domain.adopted.planned import rows_asked_for
from planner.domain.optimum.problem import OptionKind
from planner.gui.asking import WHY, Why
from planner.gui.pages.payoff_parts.answer import AnswerForm, Said
from planner.gui.pages.payoff_parts.followed import FollowedSection
from planner.gui.session import Session
from planner.i18n import show
from planner.services.adopting import adopt
from planner.services.lender_answers import asked, lender_accepted
from planner.services.plan_progress import progress_of
from tests.gui.payoff_cases import best_choices, two_bills

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plan(session: Session) -> AdoptedPlan:
    """A followed plan that asks one lender for three instalments."""
    two_bills(session.store)
    choices = best_choices(session.store)
    with session.store.transaction():
        return adopt(session.store, session.today, choices)


@pytest.fixture
def blank(qtbot: QtBot) -> FollowedSection:
    """Held until it is closed: the collector would end it while its tables still answer the header."""
    section = FollowedSection()
    qtbot.addWidget(section)
    section.resize(1000, 1600)
    return section


@pytest.fixture
def section(blank: FollowedSection, session: Session, plan: AdoptedPlan) -> FollowedSection:
    blank.show_progress(progress_of(session.store, session.today, plan))
    blank.show()
    return blank


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_without_a_plan_it_says_what_would_stand_here_and_where_to_find_one(
    qtbot: QtBot, blank: FollowedSection
) -> None:
    blank.show_progress(None)
    blank.show()

    assert blank.empty.isVisible()
    with qtbot.waitSignal(blank.best_wanted):
        QTest.mouseClick(blank.empty.button, LEFT)


def test_it_says_when_it_was_adopted_and_what_it_costs(section: FollowedSection, plan: AdoptedPlan) -> None:
    assert f"Adopted on 22 Nov 2026: the best plan, for {show(plan.cost)}" in texts(section)
    assert not section.empty.isVisible()


def test_what_has_to_be_asked_for_stands_with_its_day_and_what_can_come_of_it(
    qtbot: QtBot, section: FollowedSection
) -> None:
    (row,) = section.todos
    assert row.answer.todo.by is not None
    assert show(row.answer.todo.by) in texts(row)
    assert all(button.isVisible() for button in row.buttons.values())

    with qtbot.waitSignal(section.said) as signal:
        QTest.mouseClick(row.buttons[Said.ACCEPTED], LEFT)

    assert signal.args == [row.answer, Said.ACCEPTED]
    assert "The lender accepted" in row.buttons[Said.ACCEPTED].accessibleName()


def test_planned_stands_beside_paid_by_month_and_payment_and_says_why(
    section: FollowedSection, plan: AdoptedPlan
) -> None:
    assert section.lines.values_model.rowCount() == len(plan.payments)
    months = section.months.values_model
    assert months.index(0, 1).data() == show(section.progress.months[0].planned)  # type: ignore[union-attr]
    assert all(isinstance(months.index(0, number).data(WHY), Why) for number in (1, 2))
    assert isinstance(section.lines.values_model.index(0, 2).data(WHY), Why)


def test_the_buttons_ask_for_a_new_plan_or_give_it_up(qtbot: QtBot, section: FollowedSection) -> None:
    with qtbot.waitSignal(section.replan_wanted):
        QTest.mouseClick(section.replan_button, LEFT)
    with qtbot.waitSignal(section.give_up_wanted):
        QTest.mouseClick(section.give_up_button, LEFT)


# --- what the lender said ----------------------------------------------------------------------------


Opened = Callable[[Said], AnswerForm]


@pytest.fixture
def opened(qtbot: QtBot, session: Session, plan: AdoptedPlan) -> Opened:
    def make(said: Said) -> AnswerForm:
        (answer,) = progress_of(session.store, session.today, plan).answers
        form = AnswerForm(session, plan, answer.todo, answer.words, said)
        qtbot.addWidget(form)
        form.resize(420, 900)
        form.show()
        return form

    return make


def todo_of(session: Session, plan: AdoptedPlan) -> tuple[TodoState, date | None, str]:
    (todo,) = session.store.adopted_plans.get(plan.id).todos
    return todo.state, todo.done_on, todo.note


def test_having_asked_is_noted_with_its_day_and_changes_no_due(
    session: Session, plan: AdoptedPlan, opened: Opened
) -> None:
    before = session.store.ledgers.position(session.today).dues
    form = opened(Said.ASKED)
    assert form.rows is None
    QTest.keyClicks(form.note.edit, "Ms Chen")

    QTest.mouseClick(form.save_button, LEFT)

    assert todo_of(session, plan) == (TodoState.ASKED, session.today, "Ms Chen")
    assert session.store.ledgers.position(session.today).dues == before


def test_a_refusal_is_noted(session: Session, plan: AdoptedPlan, opened: Opened) -> None:
    form = opened(Said.REFUSED)
    form.on.set_day(session.today - timedelta(days=1))

    QTest.keyClick(form.on.edit, Qt.Key.Key_Return)

    assert todo_of(session, plan)[:2] == (TodoState.REFUSED, session.today - timedelta(days=1))
    assert session.history.undoText() == "Note that the lender refused"


def test_a_yes_becomes_a_plan_with_the_rows_that_were_agreed_and_can_be_undone(
    session: Session, plan: AdoptedPlan, opened: Opened
) -> None:
    known = len(session.store.plans.all())
    form = opened(Said.ACCEPTED)
    assert form.rows is not None
    assert form.rows.isVisible()
    rows = form._planned

    QTest.mouseClick(form.save_button, LEFT)

    assert todo_of(session, plan)[0] is TodoState.ACCEPTED
    assert len(session.store.plans.all()) == known + 1
    made = session.store.plans.all()[-1]
    assert [(row.due_on, row.principal, row.fee) for row in made.rows] == [
        (row.due_on, row.principal, row.fee) for row in rows
    ]
    session.history.undo()
    assert len(session.store.plans.all()) == known
    assert todo_of(session, plan)[0] is TodoState.OPEN


def test_what_was_agreed_otherwise_is_changed_before_it_is_recorded(
    qtbot: QtBot, session: Session, opened: Opened
) -> None:
    form = opened(Said.ACCEPTED)
    rows = form.rows
    assert rows is not None
    rows.open_row(1)
    fields = rows.fields
    qtbot.waitUntil(fields.isVisible)
    fields.parts["fee"].edit.clear()
    QTest.keyClicks(fields.parts["fee"].edit, "1.23")

    QTest.mouseClick(form.save_button, LEFT)

    made = session.store.plans.all()[-1]
    assert str(made.rows[0].fee) == "1.23 CNY"


def test_what_is_typed_is_not_lost_at_once(opened: Opened) -> None:
    form = opened(Said.ASKED)
    QTest.keyClicks(form.note.edit, "half a")

    assert not form.may_leave()
    assert form.unsaved_note.isVisible()
    assert form.may_leave()


def test_what_was_noted_when_asking_is_shown_and_can_be_added_to(
    qtbot: QtBot, session: Session, plan: AdoptedPlan, section: FollowedSection
) -> None:
    (todo,) = plan.todos
    with session.store.transaction():
        asked(session.store, todo.id, session.today, "Ms Chen, 3 p.m.")
    plan = session.store.adopted_plans.get(plan.id)
    found = progress_of(session.store, session.today, plan)

    section.show_progress(found)

    assert texts(section.todos[0]).endswith("Asked on 22 Nov 2026.\nYour note: Ms Chen, 3 p.m.")
    form = AnswerForm(session, plan, plan.todos[0], found.answers[0].words, Said.ACCEPTED)
    qtbot.addWidget(form)
    form.show()
    assert form.note.edit.text() == "Ms Chen, 3 p.m."
    assert form.may_leave()


def test_what_was_accepted_stays_on_the_page_with_what_the_plan_costs_now(
    session: Session, plan: AdoptedPlan, section: FollowedSection
) -> None:
    todo_id = plan.todos[0].id
    rows = [replace(row, fee=row.fee + row.principal) for row in rows_asked_for(plan, todo_id)]
    with session.store.transaction():
        lender_accepted(session.store, todo_id, session.today, rows, note="by letter")
    found = progress_of(session.store, session.today, session.store.adopted_plans.get(plan.id))

    section.show_progress(found)

    told = texts(section)
    assert "The lender agreed on 22 Nov 2026. Your note: by letter" in told
    assert f"With what was agreed to since, it costs {show(found.cost)}." in told
    assert found.cost.value > plan.cost
    assert section.todos == []


def test_a_debit_to_be_changed_is_done_by_the_user_alone(
    qtbot: QtBot, session: Session, plan: AdoptedPlan, blank: FollowedSection
) -> None:
    plan = replace(
        plan, todos=(Todo(plan.todos[0].account_id, "x", OptionKind.MINIMUM, 0, session.today, id="debit"),)
    )
    with session.store.transaction():
        session.store.adopted_plans.save(replace(plan, payments=()))
    found = progress_of(session.store, session.today, session.store.adopted_plans.get(plan.id))
    blank.show_progress(found)
    blank.show()
    (row,) = blank.todos
    assert [button.text() for button in row.buttons.values()] == ["It is changed…"]
    assert "To do for the plan" in texts(blank)
    assert "Until then the lender debits all that is due" in texts(row)

    form = AnswerForm(session, plan, row.answer.todo, row.answer.words, Said.ACCEPTED)
    qtbot.addWidget(form)
    form.show()
    assert form.rows is None
    assert form.on.label.text() == "Changed on"
    assert "Lower the automatic debit" in texts(form)
    assert "whom you spoke to" not in texts(form)
    QTest.mouseClick(form.save_button, LEFT)

    assert todo_of(session, plan)[:2] == (TodoState.ACCEPTED, session.today)
    assert session.history.undoText() == "Note that the automatic debit is changed"
