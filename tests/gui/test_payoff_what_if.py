from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.money import Money
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Lump, Scenario, Trial
from planner.gui.pages.payoff_parts.limits import LimitsForm
from planner.gui.pages.payoff_parts.over_time import OverTimeSection
from planner.gui.pages.payoff_parts.reach import a_month, reach_of_extra
from planner.gui.pages.payoff_parts.what_if import WhatIfForm
from planner.gui.session import Session
from planner.gui.slider_field import SlidingAmount
from planner.i18n import show
from planner.services.payoff import payoff_question
from tests.stores import fill_with_example

LEFT = Qt.MouseButton.LeftButton


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def question(session: Session) -> PayoffQuestion:
    fill_with_example(session.store, session.today)
    return payoff_question(session.store, session.today, "CNY")


@pytest.fixture
def form_of(qtbot: QtBot, session: Session) -> Callable[[PayoffQuestion], WhatIfForm]:
    def make(question: PayoffQuestion) -> WhatIfForm:
        form = WhatIfForm(session, question)
        qtbot.addWidget(form)
        form.resize(420, 900)
        form.show()
        return form

    return make


@pytest.fixture
def form(question: PayoffQuestion, form_of: Callable[[PayoffQuestion], WhatIfForm]) -> WhatIfForm:
    return form_of(question)


def tried(qtbot: QtBot, form: WhatIfForm, act: Callable[[], object]) -> Scenario:
    with qtbot.waitSignal(form.tried) as signal:
        act()
    assert signal.args is not None
    scenario = signal.args[0]
    assert isinstance(scenario, Scenario)
    return scenario


def test_what_is_typed_is_tried_without_a_button(qtbot: QtBot, form: WhatIfForm) -> None:
    assert tried(qtbot, form, lambda: QTest.keyClicks(form.extra.edit, "250")).extra == cny("250")
    assert tried(qtbot, form, lambda: QTest.keyClicks(form.income.edit, "-300")).income == cny("-300")


def test_return_tries_at_once_and_asks_for_no_name(form: WhatIfForm) -> None:
    found: list[Scenario] = []
    form.tried.connect(found.append)
    form.reserve.edit.setFocus()
    QTest.keyClicks(form.reserve.edit, "250")
    QTest.keyClick(form.reserve.edit, Qt.Key.Key_Return)

    assert [each.reserve for each in found] == [cny("250")]
    assert form.name.message.isHidden()
    form.name.edit.setFocus()
    QTest.keyClick(form.name.edit, Qt.Key.Key_Return)
    assert not form.name.message.isHidden()


def test_a_slider_is_tried_too(qtbot: QtBot, form: WhatIfForm) -> None:
    scenario = tried(qtbot, form, lambda: QTest.keyClick(form.reserve.slider, Qt.Key.Key_Home))

    assert scenario.reserve == cny("0")


def test_the_sliders_reach_as_far_as_a_month_and_go_in_round_steps(
    form: WhatIfForm, question: PayoffQuestion
) -> None:
    # The salary of the example, of which a hundred steps at most are made.
    assert a_month(question) == cny("6800")
    for field, least, most, step in (
        (form.income, -34, 34, "200"),
        (form.reserve, 0, 68, "100"),
        (form.amount, 0, 68, "100"),
    ):
        assert field.step == cny(step).minor
        assert (field.slider.minimum(), field.slider.maximum()) == (least, most)


def test_the_same_amount_slides_as_far_over_time(
    qtbot: QtBot, session: Session, form: WhatIfForm, question: PayoffQuestion
) -> None:
    section = OverTimeSection(session)
    qtbot.addWidget(section)
    section.show_question(question, is_new=False)

    there, here = section.extra, form.extra

    assert (there.step, there.slider.minimum(), there.slider.maximum()) == (
        here.step,
        here.slider.minimum(),
        here.slider.maximum(),
    )


def test_no_more_is_slid_to_than_is_owed_and_where_no_income_is_known_that_is_the_span(
    qtbot: QtBot, question: PayoffQuestion
) -> None:
    owed = sum(facts.owed.minor for facts in question.worked.debts.facts)
    poor = replace(question, forecast=None)
    assert a_month(poor) == Money(owed, "CNY")
    field = SlidingAmount("CNY")
    qtbot.addWidget(field)

    reach_of_extra(field, poor)

    assert field.slider.maximum() == -(-owed // field.step)


def test_the_reserve_a_step_right_and_back_is_again_the_recorded_one(
    qtbot: QtBot, form: WhatIfForm, question: PayoffQuestion
) -> None:
    assert question.rules.floor
    scenario = tried(qtbot, form, lambda: QTest.keyClick(form.reserve.slider, Qt.Key.Key_Right))
    assert scenario.reserve is not None
    form.show_question(question.under(scenario))

    scenario = tried(qtbot, form, lambda: QTest.keyClick(form.reserve.slider, Qt.Key.Key_Left))

    assert scenario.reserve is None


def test_a_reserve_taken_back_stands_where_it_is_recorded(
    question: PayoffQuestion, form_of: Callable[[PayoffQuestion], WhatIfForm]
) -> None:
    untouched = form_of(question)
    form = form_of(question.under(Scenario("CNY", reserve=cny("3000"))))
    assert form.reserve.slider.value() == 30
    form.reserve.edit.selectAll()

    QTest.keyClick(form.reserve.edit, Qt.Key.Key_Delete)

    assert form.reserve.slider.value() == untouched.reserve.slider.value()


def test_what_is_half_typed_or_unchanged_is_not_tried(qtbot: QtBot, form: WhatIfForm) -> None:
    with qtbot.assertNotEmitted(form.tried, wait=400):
        QTest.keyClicks(form.extra.edit, "x")
    with qtbot.assertNotEmitted(form.tried, wait=400):
        QTest.keyClick(form.extra.edit, Qt.Key.Key_Backspace)


@pytest.mark.row("C015")
def test_a_purchase_says_when_it_would_be_due(
    qtbot: QtBot, form: WhatIfForm, question: PayoffQuestion, today: date
) -> None:
    huabei = next(account for account in question.accounts.values() if account.product == "huabei")
    assert form.amount.isHidden()
    form.account.set_key(huabei.id)
    form.account.changed.emit()
    assert form.amount.isVisible()

    scenario = tried(qtbot, form, lambda: QTest.keyClicks(form.amount.edit, "618"))

    assert scenario.trial == Trial(huabei.id, today, cny("618"))
    form.show_question(question.under(scenario))
    due = form._question.trial
    assert due is not None
    assert due.due is not None
    assert form.due_note.isVisible()
    assert f"due on {show(due.due)}" in form.due_note.text()
    assert form.due_note.answer() is not None


def test_money_that_comes_once_needs_its_day_and_its_amount(qtbot: QtBot, form: WhatIfForm) -> None:
    QTest.mouseClick(form.more_button, LEFT)
    day, amount = form.lumps[0]
    with qtbot.assertNotEmitted(form.tried, wait=400):
        QTest.keyClicks(amount.edit, "1000")
    QTest.keyClicks(form.name.edit, "bonus")
    form.save()
    assert form.problem.text() == "Money that comes once needs its date and its amount."

    scenario = tried(qtbot, form, lambda: QTest.keyClicks(day.edit, "2026-12-20"))

    assert scenario.lumps == (Lump(date(2026, 12, 20), cny("1000")),)


def test_going_back_to_the_record_assumes_nothing_but_keeps_the_limits(
    qtbot: QtBot, question: PayoffQuestion, form_of: Callable[[PayoffQuestion], WhatIfForm]
) -> None:
    assumed = Scenario("CNY", extra=cny("100"), reserve=cny("50"), most_plans=2, keeps_reserve=False)
    form = form_of(question.under(assumed))
    assert form.extra.money() == cny("100")

    scenario = tried(qtbot, form, lambda: QTest.mouseClick(form.reset_button, LEFT))

    assert (scenario.extra, scenario.reserve, scenario.income) == (None, None, None)
    assert (scenario.most_plans, scenario.keeps_reserve) == (2, False)


def test_it_is_saved_under_a_name_and_leaving_loses_nothing(
    qtbot: QtBot, session: Session, form: WhatIfForm
) -> None:
    QTest.keyClicks(form.extra.edit, "250")
    assert form.may_leave()
    form.save()
    assert session.store.scenarios.all() == []
    assert form.name.message.text() == "Please fill this in."
    QTest.keyClicks(form.name.edit, "a bit more")

    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.name.edit, Qt.Key.Key_Return)

    (kept,) = session.store.scenarios.all()
    assert (kept.name, kept.extra) == ("a bit more", cny("250"))
    assert session.history.undoText() == "Save a what-if"
    session.history.undo()
    assert session.store.scenarios.all() == []


def test_a_saved_what_if_is_changed_under_its_name_and_copied_under_another(
    session: Session, question: PayoffQuestion, form_of: Callable[[PayoffQuestion], WhatIfForm]
) -> None:
    known = Scenario("CNY", "a bit more", extra=cny("250"))
    with session.store.transaction():
        session.store.scenarios.save(known)
    form = form_of(question.under(known))
    form.extra.edit.clear()
    QTest.keyClicks(form.extra.edit, "400")

    form.save()
    assert [(each.id, each.extra) for each in session.store.scenarios.all()] == [(known.id, cny("400"))]
    QTest.keyClicks(form.name.edit, " still")
    form.save()

    assert [each.name for each in session.store.scenarios.all()] == ["a bit more", "a bit more still"]


def test_the_limits_are_taken_over_together(qtbot: QtBot, session: Session) -> None:
    form = LimitsForm(session, Scenario("CNY", extra=cny("1"), avoided=("Ant",)), ["JD", "Ant"])
    qtbot.addWidget(form)
    form.show()
    assert [box.value() for box in form.lenders.values()] == [False, True]

    QTest.keyClicks(form.most_plans.edit, "2")
    QTest.mouseClick(form.keeps_reserve.box, LEFT)
    QTest.mouseClick(form.lenders["JD"].box, LEFT)
    QTest.mouseClick(form.lenders["Ant"].box, LEFT)
    with qtbot.waitSignal(form.made) as signal:
        QTest.mouseClick(form.save_button, LEFT)

    assert signal.args is not None
    made = signal.args[0]
    assert isinstance(made, Scenario)
    assert (made.extra, made.most_plans, made.keeps_reserve, made.avoided) == (cny("1"), 2, False, ("JD",))


def test_a_limit_that_is_no_number_is_refused(qtbot: QtBot, session: Session) -> None:
    form = LimitsForm(session, Scenario("CNY"), ["JD"])
    qtbot.addWidget(form)
    form.show()
    QTest.keyClicks(form.most_plans.edit, "many")

    with qtbot.assertNotEmitted(form.made):
        QTest.mouseClick(form.save_button, LEFT)

    assert form.most_plans.message.text() == "Enter a whole number from 0 to 99."
    QApplication.processEvents()
