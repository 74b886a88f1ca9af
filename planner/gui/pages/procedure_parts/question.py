"""What a procedure asks, since it goes on differently: each question with answers of its own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from planner.domain.procedures.published import Question
from planner.gui.arrange import clear
from planner.gui.labels import heading_label
from planner.gui.session import Session
from planner.gui.wrapping import Choice
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.view import CaseView


class Questions(QWidget):
    """The questions of a procedure, one below the other; hidden if it asks nothing.

    Attributes:
        asked: Each question by its id.
    """

    def __init__(self, session: Session) -> None:
        """Build it without questions."""
        super().__init__()
        self.session = session
        self.asked: dict[str, Asked] = {}
        self._view: CaseView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3 * GRID)

    def empty(self) -> None:
        """Take the questions of a procedure out, before another one is shown."""
        clear(self._column)
        self.asked = {}

    def show_view(self, view: CaseView) -> None:
        """Show the questions of a case, and how they are answered."""
        self._view = view
        questions = view.procedure.questions
        self.setVisible(bool(questions))
        for question in questions:
            if question.id not in self.asked:
                asked = self.asked[question.id] = Asked(question)
                asked.answered.connect(partial(self._answer, question.id))
                self._column.addWidget(asked)
            self.asked[question.id].show_given(view.case.answers.get(question.id))

    def _answer(self, question: str, key: str) -> None:
        view = self._view
        if view is None or view.case.answers.get(question) == key:
            return
        done = self.session.do(N_("Answer a question"), procedures.answer, view.case.id, question, key)
        if done is None:  # a refused answer leaves the one before
            self.asked[question].show_given(view.case.answers.get(question))


class Asked(QWidget):
    """One question and its answers, of which one at most is given.

    Attributes:
        heading: The question.
        answers: Each answer by its id.

    Signals:
        answered: The id of the answer that was chosen.
    """

    answered = Signal(str)

    def __init__(self, question: Question) -> None:
        """Build the answers, none of them given."""
        super().__init__()
        self._question = question
        self.heading = heading_label()
        self.answers = {key: Choice(QRadioButton()) for key in question.answers}
        # A group of its own: an answer to another question takes nothing back here.
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        for key, choice in self.answers.items():
            self._group.addButton(choice.button)
            choice.button.clicked.connect(lambda _checked=False, to=key: self.answered.emit(to))
            column.addWidget(choice)

    def show_given(self, given: str | None) -> None:
        """Show which answer is given; without one, none is chosen."""
        title = _(self._question.title)
        self.heading.setText(title)
        self.setAccessibleName(title)
        self._group.setExclusive(False)  # else nothing could be unanswered again, by undo
        for key, choice in self.answers.items():
            choice.say(_(self._question.answers[key]))
            choice.button.setAccessibleDescription(title)
            choice.button.setChecked(key == given)
        self._group.setExclusive(True)
