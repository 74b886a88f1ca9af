"""Parts of the place Late cost: milestones, sources, what is missing, whom to call, and what one knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.account import Account
from planner.domain.late.gaps import NO_BASE, NO_GRACE
from planner.domain.late_figures import made_milestone, made_rate
from planner.domain.milestones import DIFFER, Milestone
from planner.domain.overdue import BASE_WORDS, HINT, LateCost
from planner.domain.term import LateBase
from planner.domain.terms import Terms
from planner.gui.arrange import clear
from planner.gui.asking import Answering, Why, why
from planner.gui.fields import ChoiceField, CountField, PercentField
from planner.gui.forms import Form
from planner.gui.icons import icon
from planner.gui.labels import heading_label, quiet_label, strong_label, text_label
from planner.gui.layouts import Flow
from planner.gui.recording.own_source import OwnSource
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, explain, show, source_names, source_words
from planner.look import GRID
from planner.phrases import N_
from planner.services.overdue import late_claims, set_late_terms

_MOST_GRACE = 60


class _Part(QWidget):
    """A heading with lines below it."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = heading_label()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(GRID // 2)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, GRID, 0, 0)
        self.column.setSpacing(GRID)
        self.column.addWidget(self.heading)
        self.column.addLayout(self.lines)

    def line(self, text: str, *shown: object) -> None:
        """Add a line, and the figures in it."""
        label = text_label()
        label.tell(text, *shown)
        self.lines.addWidget(label)

    def note(self, text: str, *shown: object) -> None:
        """Add a quieter line, and the figures in it."""
        label = quiet_label()
        label.tell(text, *shown)
        self.lines.addWidget(label)


class MilestoneList(_Part):
    """What may happen on the way, by date, each with who says so."""

    def show_milestones(
        self, milestones: Iterable[Milestone], today: date, told: Collection[str] = ()
    ) -> None:
        """Show some milestones: what is past quietly, then today, then what is to come.

        Args:
            milestones: Them, by date.
            today: The local day.
            told: The keys of those that a card above says more of, with its sources.
        """
        clear(self.lines)
        self.heading.setText(_("What may happen on the way"))
        found = tuple(milestones)
        past = tuple(each for each in found if each.is_past(today))
        for milestone in past:
            self._add(milestone, is_past=True, is_told=milestone.mark in told)
        if past:
            here = strong_label()
            here.setText(_("Today, {date}").format(date=show(today)))
            self.lines.addWidget(here)
            self.lines.addSpacing(GRID // 2)
        for milestone in found:
            if milestone not in past:
                self._add(milestone, is_past=False, is_told=milestone.mark in told)
        self.note(_(DIFFER))

    def _add(self, milestone: Milestone, *, is_past: bool, is_told: bool) -> None:
        text = explain(milestone.text)
        if milestone.on is not None:
            text = _("{date}: {what}").format(date=show(milestone.when), what=text)
        put = self.note if is_past else self.line
        put(text, *([made_milestone(milestone)] if milestone.on is not None else []))
        if not is_told:
            self.note(_("Source: {source}").format(source=source_names(milestone.sources)))
        self.lines.addSpacing(GRID // 2)


class SourceList(Answering, _Part):
    """What each source says about the late rate, and what the ends of the band take for granted."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._rate: object = None

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self.heading.text(), self._rate)

    def show_cost(self, cost: LateCost) -> None:
        """Show the sources of a late cost; nothing where there are none."""
        clear(self.lines)
        self._rate = made_rate(cost)
        self.setVisible(bool(cost.rates or cost.assumed))
        has_band = any(not day.cost.is_single for day in cost.days)
        heading = _("Where the band comes from") if has_band else _("What this rests on")
        self.heading.setText(heading)
        if cost.rate is not None:
            text = _("The late rate over all sources: {rates}.").format(rates=show(cost.rate))
            single = _("The late rate: {rate}.").format(rate=show(cost.rate))
            self.line(single if cost.rate.is_single else text, self._rate)
        for said in cost.rates:
            line = _("{rates}: {source}").format(rates=show(said.rates), source=source_words(said.source))
            self.note(line)
        for assumed in cost.assumed:
            self.line(explain(assumed), assumed)


class GapList(_Part):
    """What is not known, each with the way to say it.

    Signals:
        wanted: The user wants to say what they know; the sentence that says it is missing, a msgid.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.links: list[WrappedLink] = []

    def show_cost(self, cost: LateCost) -> None:
        """Show what is missing for a late cost; nothing where all is known."""
        clear(self.lines)
        self.links = []
        self.setVisible(bool(cost.missing))
        self.heading.setText(_("What is missing"))
        for missing in cost.missing:
            link = WrappedLink()
            link.say(_("{missing} Enter it…").format(missing=explain(missing)))
            link.clicked.connect(partial(self._want, missing.msgid))
            self.lines.addWidget(link)
            self.links.append(link)

    def _want(self, missing: str, _checked: object = None) -> None:
        self.wanted.emit(missing)


class CallHint(_Part):
    """That calling helps, and the number to call."""

    def __init__(self) -> None:
        """Build it without a number."""
        super().__init__()
        self.copy_button = QPushButton()
        self.copy_button.setIcon(icon("copy"))
        self.copy_button.clicked.connect(self._copy)
        self._number = ""
        row = Flow()
        row.addWidget(self.copy_button)
        self._row = QWidget()
        self._row.setLayout(row)
        self.column.addWidget(self._row)

    def show_contact(self, lender: Account | None) -> None:
        """Show the first way to reach a lender, if one is known."""
        clear(self.lines)
        self.heading.setText(_("Before anything else"))
        self.line(_(HINT))
        contact = lender.contacts[0] if lender is not None and lender.contacts else None
        self._number = contact.number if contact is not None else ""
        self._row.setVisible(bool(self._number))
        if contact is None:
            return
        if not self._number:
            self.line(_(contact.label))
            return
        self.line(_("{name}: {value}").format(name=_(contact.label), value=self._number))
        self.copy_button.setText(_("Copy the number"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
        self.copy_button.setText(_("Copied"))


class LateTermsForm(Form):
    """What the user knows about being late: rate, grace, base, and who says so.

    Attributes:
        rate, grace, base: What they know.
        said: Who says so.

    Signals:
        made: The claims, where no account keeps them.
    """

    made = Signal(object)

    def __init__(self, session: Session, terms: Terms, account: Account | None, missing: str = "") -> None:
        """Start with what the user said before.

        Args:
            session: The open file.
            terms: The terms, with the user's own claims.
            account: The account that keeps them; None if they are for this example only.
            missing: The sentence that says what is missing, a msgid; the keyboard goes to its field.
        """
        super().__init__(session)
        self._account = account
        self._about = quiet_label()
        self.column.insertWidget(0, self._about)
        self.rate = PercentField(is_required=False)
        self.grace = CountField(0, _MOST_GRACE, is_required=False)
        self.base = ChoiceField()
        self.said = OwnSource()
        self.add(self.rate, self.grace, self.base, *self.said.fields)
        self.refresh()
        self._fill(terms)
        self.on_change()
        asked = {NO_GRACE.msgid: self.grace, NO_BASE.msgid: self.base}.get(missing, self.rate)
        self.setFocusProxy(asked.input)

    def _fill(self, terms: Terms) -> None:
        rate, grace, base = terms.late_rate.own, terms.grace_days.own, terms.late_base.own
        self.rate.set_fraction(rate.value.fraction if rate else None)
        self.grace.set_count(grace.value if grace else None)
        self.base.set_key(base.value if base else None)
        source = next((claim.source for claim in (rate, grace, base) if claim), None)
        if source is not None:
            self.said.fill(source)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Use these terms"))
        if self._account is not None:
            text = _("Kept with the account {account}. What is left empty goes back to what is published.")
            self._about.setText(text.format(account=self._account.name))
        else:
            self._about.setText(_("They count for this example only: no account keeps them."))
        self.rate.say(
            _("Late rate a day"), _("For example {rate} for 5 in 10,000").format(rate=show(Decimal("0.05")))
        )
        self.grace.say(_("Days of grace"), _("0 if there are none"))
        self.base.say(_("Charged on"))
        words = [(base, explain(BASE_WORDS[base])) for base in LateBase]
        self.base.set_choices([(None, _("I do not know")), *words])
        self.said.refresh()

    @override
    def on_change(self) -> None:
        is_empty = self.rate.is_empty and self.grace.is_empty and self.base.value() is None
        self.said.ask(is_required=not is_empty)

    @override
    def submit(self) -> bool:
        base = self.base.value()
        claims = late_claims(
            self.said.source(self.session.today),
            self.rate.value(),
            self.grace.value(),
            LateBase(base) if base is not None else None,  # Qt hands a StrEnum back as a str
        )
        if self._account is None:
            self.made.emit(claims)
            return True
        saved = self.session.do(N_("Enter late terms"), set_late_terms, self._account.id, claims)
        return saved is not None
