"""Whether the delay of a case counts as slight, where its way depends on that, and a way to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.fields import CountField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink
from planner.i18n import _
from planner.phrases import N_
from planner.services.cases.record import slight_days
from planner.services.cases.slight_delay import MOST_SLIGHT_DAYS, set_slight_days, slight_words
from planner.services.cases.view import CaseView


class SlightLine(QWidget):
    """Says whether the delay counts as slight in a case; hidden where nothing depends on it.

    Attributes:
        words: Whether it does.
        link: Changes what a slight delay is.

    Signals:
        form_asked: A form to open at the right, and its heading.
    """

    form_asked = Signal(object, str)

    def __init__(self, session: Session) -> None:
        """Build it without words."""
        super().__init__()
        self.session = session
        self._view: CaseView | None = None
        self.words = quiet_label()
        self.link = WrappedLink()
        self.link.clicked.connect(self._edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.link)

    def show_view(self, view: CaseView) -> None:
        """Say it of a case."""
        self._view = view
        words = slight_words(self.session.store, view)
        self.words.say(words)
        self.link.say(_("Change what a slight delay is…"))
        self.setVisible(words is not None)

    def _edit(self) -> None:
        if self._view is not None:
            self.form_asked.emit(SlightForm(self.session, self._view.case.id), _("Slight delay"))


class SlightForm(Form):
    """Asks up to how many days late a delay is slight."""

    def __init__(self, session: Session, case_id: str = "") -> None:
        """Start with what holds now.

        Args:
            session: The open file.
            case_id: The case in which it is said; empty for none.
        """
        super().__init__(session)
        self._case_id = case_id
        self.days = CountField(1, MOST_SLIGHT_DAYS)
        self.days.set_count(slight_days(session.store))
        self.add(self.days)
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.days.say(
            _("Up to how many days late is a delay slight?"),
            _("One source says that Baitiao is frozen after 15 days. Other cases under way keep their way."),
        )

    @override
    def submit(self) -> bool:
        days = self.days.value()
        title = N_("Say what a slight delay is")
        before = self.session.history.index()
        self.session.do(title, set_slight_days, days, self._case_id)
        return self.session.history.index() != before or days == slight_days(self.session.store)
