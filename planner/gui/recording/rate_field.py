"""Fields that only terms need: a rate with the time it is charged for, and the hour that ends a day."""

from __future__ import annotations

import unicodedata
from datetime import time

from planner.compat import override
from planner.domain.rate import Per, Rate
from planner.gui.fields import ChoiceBox, PercentField, TimeField
from planner.i18n import _

END_OF_DAY = time.max
"""What is typed as 24:00."""

_MIDNIGHT = frozenset({"24", "24:00", "24h", "24h00", "24时", "24点"})


class RateField(PercentField):
    """A rate in per cent, a day, a month or a year: as the lender states it.

    Attributes:
        period: What it is charged for.
    """

    def __init__(self, per: Per) -> None:
        """Start with the usual period."""
        super().__init__()
        self.period = ChoiceBox()
        self.row.addWidget(self.period)
        for each in Per:
            self.period.addItem("", each.name)
        self._choose(per)
        self.period.activated.connect(self._on_edited)

    @override
    def say(self, label: str, hint: str = "") -> None:
        super().say(label, hint)
        words = {Per.DAY: _("a day"), Per.MONTH: _("a month"), Per.YEAR: _("a year")}
        for index, each in enumerate(Per):
            self.period.setItemText(index, words[each])
        self.period.setAccessibleName(_("{field}: charged for").format(field=label))

    def set_rate(self, rate: Rate) -> None:
        """Put a rate in it."""
        self.set_fraction(rate.fraction)
        self._choose(rate.per)

    def rate(self) -> Rate:
        """The rate.

        Raises:
            PlannerError: It cannot be read.
        """
        return Rate(self.value(), Per[self.period.currentData()])

    def _choose(self, per: Per) -> None:
        self.period.setCurrentIndex(list(Per).index(per))


class CutoffField(TimeField):
    """The hour until which a payment counts; 24:00 is the end of the day."""

    @override
    def set_time(self, moment: time | None) -> None:
        if moment in {None, END_OF_DAY}:
            self.set_text("24:00")
        else:
            super().set_time(moment)

    @override
    def read(self, text: str) -> time:
        is_end = unicodedata.normalize("NFKC", text).strip().lower() in _MIDNIGHT
        return END_OF_DAY if is_end else super().read(text)
