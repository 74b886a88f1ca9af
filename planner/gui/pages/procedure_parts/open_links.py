"""What is in the way of a step, or still to do in it: links that each lead to where it is worked off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.step_view import StepView
from planner.gui.arrange import clear
from planner.gui.labels import amber_label
from planner.gui.wrapping import Disclosure, WrappedLink
from planner.i18n import _, explain, ngettext
from planner.services.cases.view import CaseView, OpenItem

# The kind of step in which something is worked off that lies within the procedure; else it is the request.
WORKED_OFF_IN = {
    Rule.LINKED_SERVICES: StepKind.SERVICES,
    Rule.NOT_SUBMITTED: StepKind.SUBMIT,
    Rule.WAITING: StepKind.VERIFY,
    Rule.DOCUMENTS: StepKind.DOCUMENTS,
    Rule.NO_CONTACT: StepKind.CONTACT,
}

# More links than these are counted, and wait in a fold.
_MOST_LINKS = 6


class OpenLinks(QWidget):
    """What is in the way of a step, or left in it; nothing at all hides it.

    Attributes:
        reason: What the links are.
        links: A link to each.
        more: The fold for those that are too many.

    Signals:
        wanted: Another place, and what to show there.
        followed: Something open that lies within the procedure.
    """

    wanted = Signal(str, str)
    followed = Signal(object)

    def __init__(self) -> None:
        """Build it without links."""
        super().__init__()
        self.reason = amber_label()
        self.links: list[WrappedLink] = []
        self.more = Disclosure()
        self._linked: tuple[tuple[str, str], ...] = ()
        self._link_column = QVBoxLayout()
        self._link_column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reason)
        column.addLayout(self._link_column)
        column.addWidget(self.more)

    def show_view(self, view: CaseView, step: StepView, *, is_listed: bool = False) -> None:
        """Show what is open.

        Args:
            view: The case.
            step: The step.
            is_listed: Whether what is left in the step is listed beside this already.
        """
        found = view.open_items(step)
        if is_listed and not step.is_blocked:
            found = ()
        self.reason.setText(_reason(step))
        self.setVisible(bool(found))
        shown = tuple((explain(each.text), each.blocker.target) for each in found)
        more = max(len(shown) - _MOST_LINKS, 0)
        self.more.say(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self.more.setVisible(more > 0)
        if shown != self._linked:  # links that still hold keep the keyboard
            self._linked = shown
            self._make_links(found)

    def _make_links(self, found: Sequence[OpenItem]) -> None:
        clear(self._link_column)
        clear(self.more.column)
        self.links = []
        for place, each in enumerate(found):
            link = WrappedLink()
            link.say(explain(each.text), each.text)
            link.clicked.connect(lambda _checked=False, to=each: self._follow(to))
            column = self._link_column if place < _MOST_LINKS else self.more.column
            column.addWidget(link)
            self.links.append(link)

    def _follow(self, item: OpenItem) -> None:
        if item.blocker.place and not item.step_id:
            self.wanted.emit(item.blocker.place, item.blocker.target)
        else:
            self.followed.emit(item)


def _reason(step: StepView) -> str:
    """What the links of a step are."""
    if step.step.kind is StepKind.SUBMIT:
        return _("Still open in the record:")
    if step.is_blocked:
        return _("Cannot start yet, because of this:")
    if step.waits_for:
        return _("This came up since:")
    return _("Still to do in this step:")
