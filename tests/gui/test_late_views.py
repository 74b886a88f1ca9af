from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidgetItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.late.agreement import Agreement
from planner.domain.late.counts import LateCounts, LateTime
from planner.domain.law.credit_register import RECORD_LAW
from planner.domain.money import Money
from planner.domain.overdue import LateCost, Milestone
from planner.domain.sourced import Origin, Source
from planner.domain.term import LateBase
from planner.domain.terms import Terms
from planner.gui.pages.due_list import DueList
from planner.gui.pages.late_counts import LateCountsView
from planner.gui.pages.late_scenarios import ScenarioForm
from planner.gui.pages.late_ways import LateWaysView
from planner.gui.pages.overdue_parts import MilestoneList
from planner.gui.pages.procedure_parts.widgets import Text, as_of
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.phrases import Phrase
from planner.services.overdue import Asked, cost_of_delay_typed, late_claims, with_claims

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 22)
UNTIL = date(2026, 12, 22)
OWN = Source("my contract", TODAY, origin=Origin.CONTRACT)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def counts(*days_late: int) -> LateCounts:
    times = tuple(
        LateTime(Phrase("Bill"), date(2026, month, 10), days, is_open=False)
        for month, days in enumerate(days_late, 1)
    )
    return LateCounts(times, len(times), len(times), len(times))


def cost(asked: Asked, terms: Terms | None = None) -> LateCost:
    known = with_claims(Terms(), late_claims(OWN, Decimal("0.0005"), 0, LateBase.OVERDUE))
    return cost_of_delay_typed(
        yuan("1000.00"), date(2026, 11, 10), terms if terms is not None else known, TODAY, UNTIL, asked
    )


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# --- how often ---


@pytest.mark.row("C051", "C103")
def test_the_counts_of_an_account_and_of_all_stand_in_two_calm_lines(qtbot: QtBot) -> None:
    view = LateCountsView()
    qtbot.addWidget(view)
    assert view.isHidden()

    view.show_counts(counts(3), counts(3, 12))

    assert view.own.text() == "1 late month in all, 1 in a row now, 1 at most; the longest delay: 3 days"
    assert view.total.text() == (
        "All accounts together: 2 late months in all, 2 in a row now, 2 at most; the longest delay: 12 days"
    )
    assert not view.note.isVisibleTo(view)
    assert not view.source.isVisibleTo(view)
    answer = view.own.answer()
    assert answer is not None
    assert "Bill, due on" in str(answer.figures[0][1].derivation.given[0].label)


def test_the_total_is_left_out_where_it_says_nothing_else(qtbot: QtBot) -> None:
    view = LateCountsView()
    qtbot.addWidget(view)

    view.show_counts(counts(3), counts(3))
    assert not view.total.isVisibleTo(view)
    view.show_counts(LateCounts())
    assert texts(view) == "Late so far\nNo payment was ever late, by what is recorded."
    view.show_counts(None)
    assert view.isHidden()


@pytest.mark.row("C051", "C052")
def test_what_many_lenders_look_at_is_told_with_its_weak_source(qtbot: QtBot) -> None:
    view = LateCountsView()
    qtbot.addWidget(view)

    view.show_counts(counts(1, 1, 1))

    assert view.note.text() == "Many lenders look at 3 late months in a row or more."
    assert "连三累六" in view.source.text()
    assert "weak sources" in view.source.text()
    assert view.source.isVisibleTo(view)
    i18n.use("zh")
    view.show_counts(counts(1, 2, 3))
    assert "来源不可靠" in view.source.text()
    assert "weak sources" not in view.source.text()


def test_a_milestone_names_its_source_in_the_readers_language_and_the_users_own_as_typed(
    qtbot: QtBot,
) -> None:
    page = Source("php.cn, 2025-03-14 (excerpt)")
    own = Source("Today", TODAY, origin=Origin.PHONE)
    marks = [
        Milestone(None, Phrase.own("first"), RECORD_LAW),
        Milestone.by(None, Phrase.own("second"), own, page),
    ]
    view = MilestoneList()
    qtbot.addWidget(view)

    i18n.use("zh")
    view.show_milestones(marks, TODAY)

    words = texts(view)
    assert "来源：征信业管理条例第 16 条" in words
    assert "：Today；php.cn，2025-03-14（摘录）" in words


def test_a_text_from_a_published_source_names_it_in_the_readers_language(qtbot: QtBot) -> None:
    published = Source("General knowledge, not verified", TODAY)
    text = Text()
    qtbot.addWidget(text)

    i18n.use("fr")
    text.say("", "…", published)

    assert "Connaissance générale, non vérifiée" in texts(text)
    assert "Connaissance générale" in as_of(replace(published, checked=None))


# --- the ways ---


def test_each_way_has_its_cost_its_payments_and_the_way_to_how_they_were_made(qtbot: QtBot) -> None:
    view = LateWaysView()
    qtbot.addWidget(view)
    found = cost(Asked(((date(2026, 12, 5), yuan("200.00")),), Agreement(2, UNTIL, TODAY, stops=True)))

    view.show_cost(found)

    assert len(view.ways) == 4
    assert view.ways[0].name.text() == "Everything on 22 Nov 2026"
    assert view.ways[0].figure.text() == "CN¥6.00 on top, CN¥1,006.00 in all"
    assert view.ways[0].lines == []
    parts = view.ways[2]
    assert [line.text().split(": ")[0] for line in parts.lines] == ["5 Dec 2026", "22 Dec 2026"]
    for label in (parts.figure, *parts.lines):
        assert label.answer() is not None
    agreed = view.ways[3]
    assert [line.text() for line in agreed.lines] == ["22 Dec 2026: CN¥503.00", "22 Jan 2027: CN¥503.00"]
    assert "in writing" in texts(agreed)
    assert "stays on record" in view.notes.text()
    assert texts(view).count("stays on record") == 1


@pytest.mark.row("C032")
def test_a_lawsuit_is_a_way_of_its_own_with_its_note(qtbot: QtBot) -> None:
    view = LateWaysView()
    qtbot.addWidget(view)

    view.show_cost(cost(Asked(litigation=yuan("300.00"))))

    assert view.ways[0].figure.text() == "CN¥6.00 on top, CN¥1,006.00 in all"
    court = view.ways[-1]
    assert court.name.text() == "With a lawsuit: everything on 22 Dec 2026"
    assert court.figure.text() == "CN¥321.00 on top, CN¥1,321.00 in all"
    assert "Paying after a judgement does not erase the record" in texts(court)
    assert "judgement" not in view.notes.text()


def test_an_unknown_cost_is_said_and_no_cost_shows_nothing(qtbot: QtBot) -> None:
    view = LateWaysView()
    qtbot.addWidget(view)

    view.show_cost(cost(Asked(), Terms()))
    assert [way.figure.text() for way in view.ways] == ["Not known"] * 2
    view.show_cost(None)
    assert view.ways == []
    assert view.isHidden()


# --- what to compare ---


@pytest.fixture
def asked() -> list[Asked]:
    """What the form asked for."""
    return []


def form_of(qtbot: QtBot, session: Session, asked: list[Asked], before: Asked | None = None) -> ScenarioForm:
    form = ScenarioForm(session, "CNY", UNTIL, before)
    qtbot.addWidget(form)
    form.made.connect(asked.append)
    form.show()
    return form


def test_an_empty_form_compares_nothing_else(qtbot: QtBot, session: Session, asked: list[Asked]) -> None:
    form = form_of(qtbot, session, asked)

    QTest.mouseClick(form.save_button, LEFT)

    assert asked == [Asked()]
    assert not form.first_on.isVisibleTo(form)
    assert "The rest is paid on 22 Dec 2026." in texts(form)


def test_parts_an_agreement_a_call_and_a_lawsuit_are_typed(
    qtbot: QtBot, session: Session, asked: list[Asked]
) -> None:
    form = form_of(qtbot, session, asked)
    day, amount = form.parts[0]
    QTest.keyClicks(day.edit, "2026-12-05")
    QTest.keyClicks(amount.edit, "200")
    QTest.keyClicks(form.count.edit, "6")
    QTest.keyClicks(form.first_on.edit, "2026-12-31")
    form.stops.box.setCurrentIndex(1)
    QTest.mouseClick(form.more_button, LEFT)
    QTest.keyClicks(form.called_on.edit, "2026-12-01")
    QTest.keyClicks(form.litigation.edit, "350")
    QTest.keyClick(form.litigation.edit, Qt.Key.Key_Return)

    assert asked == [
        Asked(
            ((date(2026, 12, 5), yuan("200.00")),),
            Agreement(6, date(2026, 12, 31), TODAY, stops=True),
            date(2026, 12, 1),
            yuan("350.00"),
        )
    ]


def test_an_agreement_without_a_first_day_begins_in_a_month(
    qtbot: QtBot, session: Session, asked: list[Asked]
) -> None:
    form = form_of(qtbot, session, asked)
    QTest.keyClicks(form.count.edit, "3")

    QTest.mouseClick(form.save_button, LEFT)

    assert asked[0].agreement == Agreement(3, date(2026, 12, 22), TODAY)
    assert form.first_on.isVisibleTo(form)


def test_half_a_part_says_what_is_missing(qtbot: QtBot, session: Session, asked: list[Asked]) -> None:
    form = form_of(qtbot, session, asked)
    day, amount = form.parts[0]
    QTest.keyClicks(day.edit, "2026-12-05")
    QTest.mouseClick(form.save_button, LEFT)
    assert amount.message.text() == "A part needs its date and its amount."
    assert amount.message.isVisibleTo(form)

    day.edit.clear()
    QTest.keyClicks(amount.edit, "5")
    QTest.mouseClick(form.save_button, LEFT)
    assert day.message.text() == "A part needs its date and its amount."
    assert asked == []


def test_the_form_starts_with_what_was_asked_before(
    qtbot: QtBot, session: Session, asked: list[Asked]
) -> None:
    before = Asked(
        ((date(2026, 12, 5), yuan("200.00")), (date(2026, 12, 8), yuan("10.00"))),
        Agreement(6, date(2026, 12, 31), TODAY, stops=False),
        date(2026, 12, 1),
        yuan("350.00"),
    )
    form = form_of(qtbot, session, asked, before)

    QTest.mouseClick(form.save_button, LEFT)

    assert asked == [before]


def test_every_field_has_a_name(qtbot: QtBot, session: Session, asked: list[Asked]) -> None:
    form = form_of(qtbot, session, asked)

    names = [field.input.accessibleName() for field in form.fields]
    assert all(names)
    assert len(set(names)) == len(names)


def test_nothing_is_cut_when_it_is_narrow_and_the_text_is_large(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light", 200)
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    ways, counted = LateWaysView(), LateCountsView()
    column.addWidget(counted)
    column.addWidget(ways)
    until = TODAY + timedelta(days=30)
    ways.show_cost(cost(Asked(((until, yuan("200.00")),), Agreement(3, until, TODAY))))
    counted.show_counts(counts(1, 2, 3), counts(1, 2, 3, 4))
    whole.resize(640, 3000)  # a page scrolls
    whole.show()
    QApplication.processEvents()

    labels = [label for label in whole.findChildren(QLabel) if label.isVisibleTo(whole)]
    assert len(labels) > 10
    assert all(label.width() <= 640 for label in labels)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
    apply_theme(qapp, "light")


@pytest.mark.parametrize("more", [0, 15, 30, 45])
def test_what_can_be_ticked_breaks_before_its_box_leaves_too_little_room(
    qtbot: QtBot, qapp: QApplication, more: int
) -> None:
    apply_theme(qapp, "light", 150)
    dues = DueList()
    qtbot.addWidget(dues)
    item = QListWidgetItem("Bill of 23 Oct 2026, CN¥860.50, due 2 Nov 2026 (20 days late)")
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked)
    dues.addItem(item)
    line = dues.fontMetrics().height()
    # The box and the room around it take nearly 50.
    dues.setFixedWidth(dues.fontMetrics().horizontalAdvance(item.text()) + more)
    dues.show()
    QApplication.processEvents()

    height = dues.visualItemRect(item).height()
    apply_theme(qapp, "light")
    assert height >= 2 * line
