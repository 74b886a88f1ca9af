from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from planner.gui.talk import Talk
from planner.gui.tasks import Latest, _Desk


class Long:
    """A piece of work that tells how far it is, and ends when it should or may."""

    def __init__(self) -> None:
        self.began, self.goes_on, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.talks: list[Talk] = []

    def work(self, talk: Talk, words: str) -> str:
        """Do it."""
        self.talks.append(talk)
        for number in range(5):
            talk.tell((words, number))
        self.began.set()
        for _turn in range(500):
            if talk.should_end or self.goes_on.wait(0.01):
                break
        self.ended.set()
        if talk.has_enough:
            return f"{words}, as far as it went"
        return words


def test_news_of_the_work_arrives_in_the_thread_of_the_windows_and_the_last_word_is_heard(
    qtbot: QtBot, qapp: QApplication
) -> None:
    latest, work = Latest(qapp), Long()
    heard: list[tuple[object, int]] = []
    latest.news.connect(lambda news: heard.append((news, threading.get_ident())))

    latest.ask_long(work.work, "a")
    qtbot.waitUntil(lambda: bool(heard) and heard[-1][0] == ("a", 4))
    assert latest.is_working
    with qtbot.waitSignal(latest.ready) as signal:
        work.goes_on.set()

    assert signal.args == ["a"]
    assert {thread for _news, thread in heard} == {threading.get_ident()}
    assert not latest.is_working


def test_work_that_is_stopped_ends_and_its_answer_does_not_arrive(qtbot: QtBot, qapp: QApplication) -> None:
    latest, work = Latest(qapp), Long()
    answers: list[object] = []
    latest.ready.connect(answers.append)
    latest.ask_long(work.work, "a")
    assert work.began.wait(5)

    latest.stop()

    assert work.ended.wait(5)
    assert not latest.is_working
    qtbot.wait(50)
    assert answers == []


def test_work_of_which_enough_is_found_ends_with_what_it_has(qtbot: QtBot, qapp: QApplication) -> None:
    latest, work = Latest(qapp), Long()
    latest.ask_long(work.work, "a")
    assert work.began.wait(5)

    with qtbot.waitSignal(latest.ready) as signal:
        latest.take()

    assert signal.args == ["a, as far as it went"]


def test_a_newer_question_ends_the_work_on_the_older_one_and_its_news(
    qtbot: QtBot, qapp: QApplication
) -> None:
    latest, first, second = Latest(qapp), Long(), Long()
    heard: list[tuple[str, int]] = []
    latest.news.connect(heard.append)
    latest.ask_long(first.work, "a")
    assert first.began.wait(5)

    latest.ask_long(second.work, "b")

    assert first.ended.wait(5)
    with qtbot.waitSignal(latest.ready) as signal:
        second.goes_on.set()
    assert signal.args == ["b"]
    assert {words for words, _number in heard} <= {"b"}


def test_a_question_that_is_not_long_ends_the_work_too(qtbot: QtBot, qapp: QApplication) -> None:
    latest, work = Latest(qapp), Long()
    latest.ask_long(work.work, "a")
    assert work.began.wait(5)

    with qtbot.waitSignal(latest.ready) as signal:
        latest.ask(int, "7")

    assert signal.args == [7]
    assert work.ended.wait(5)


def test_the_work_ends_when_what_asked_is_gone(qapp: QApplication) -> None:  # noqa: ARG001 - there has to be one
    widget, work = QWidget(), Long()
    latest = Latest(widget)
    latest.ask_long(work.work, "a")
    assert work.began.wait(5)

    delete(widget)

    assert work.ended.wait(5)
    assert work.talks[0].is_unwanted


def test_long_work_that_nobody_has_begun_yet_is_over_when_it_is_forgotten(
    qtbot: QtBot, qapp: QApplication
) -> None:
    works, latest = [Long(), Long(), Long()], [Latest(qapp), Latest(qapp), Latest(qapp)]
    for each, work in zip(latest, works, strict=True):  # one more than there are workers
        each.ask_long(work.work, "a")
    assert works[0].began.wait(5)
    assert works[1].began.wait(5)

    latest[2].stop()
    for work in works[:2]:
        work.goes_on.set()
    qtbot.waitUntil(lambda: not latest[0].is_working and not latest[1].is_working)

    assert not works[2].began.is_set()
    qtbot.waitUntil(lambda: not _Desk.of_program()._talking)


def test_the_end_of_the_program_ends_the_work_and_waits_for_it(qapp: QApplication) -> None:
    latest, work = Latest(qapp), Long()
    latest.ask_long(work.work, "a")
    assert work.began.wait(5)

    _Desk.of_program()._close()

    assert work.ended.is_set()


def test_nothing_is_said_any_more_once_nobody_listens() -> None:
    heard: list[object] = []
    talk = Talk(heard.append)
    talk.tell(1)
    talk.is_unwanted = True

    talk.tell(2)

    assert heard == [1]
    assert talk.should_end
    assert not isinstance(talk, QObject)  # a worker may let go of it
