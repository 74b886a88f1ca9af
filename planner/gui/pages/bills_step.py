"""A question about instalment plans that takes the page: settling, an extra payment, a chain."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.beginning import Begins
from planner.gui.icons import icon
from planner.gui.labels import title_label
from planner.gui.pages.chain_view import ChainView
from planner.gui.pages.extra_view import ExtraView
from planner.gui.pages.settle_view import SettleView
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_

_TITLES = {ExtraView: N_("An extra payment"), ChainView: N_("Where this plan comes from")}


class PlanStep(Begins, QWidget):
    """A view that fills the page, with the way back.

    Attributes:
        view: What is asked, and its answer.
        back_button: Leads back; Esc does too.
        title: What is asked; hidden where the view says so itself.

    Signals:
        left: The user goes back.
    """

    left = Signal()

    def __init__(self, view: SettleView | ExtraView | ChainView) -> None:
        """Show a view."""
        super().__init__()
        self.view = view
        self.title = title_label()
        self.back_button = QPushButton()
        self.back_button.setIcon(icon("arrow-left"))
        self.back_button.clicked.connect(self.left)
        back = QHBoxLayout()
        back.addWidget(self.back_button)
        back.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(back)
        column.addWidget(self.title)
        column.addWidget(view)
        scroller = QScrollArea(widgetResizable=True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroller)
        self.refresh()
        is_empty = isinstance(view, SettleView) and not view.table.values_model.values
        # Where there is no plan to settle, the way back is all there is.
        self.setFocusProxy(self.back_button if is_empty else view)

    @property
    def plan_id(self) -> str:
        """The plan that it is about, or that is chosen in it; empty if there is none."""
        if isinstance(self.view, SettleView):
            chosen = self.view.table.current()
            return chosen.plan.id if chosen is not None else ""
        return self.view.plan_id

    def refresh(self) -> None:
        """Set every text and every value."""
        self._say()
        self.view.refresh()

    def _say(self) -> None:
        self.back_button.setText(_("Back"))
        title = _TITLES.get(type(self.view), "")
        self.title.setText(_(title) if title else "")
        self.title.setVisible(bool(title))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()  # the view follows by itself
