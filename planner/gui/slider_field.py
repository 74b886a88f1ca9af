"""An amount that is typed or slid."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QVBoxLayout

from planner.compat import override
from planner.domain.money import Money
from planner.gui.fields import AmountField
from planner.i18n import _

_STOPS = 100  # about how many stops a slider has
_BY_PAGE = 10


class _Slider(QSlider):
    """A slider that leaves the wheel to the form around it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SlidingAmount(AmountField):
    """An amount with a slider below its line; both always show the same.

    What is typed may lie beyond the ends of the slider, which then stands at its end. Slid back to where it
    stands while nothing is typed, nothing is.

    Attributes:
        slider: The slider, in steps.
        step: How much a step is, in minor units.
    """

    def __init__(self, currency: str) -> None:
        """Start empty; ``set_range`` gives the slider its ends.

        Args:
            currency: ISO 4217.
        """
        super().__init__(currency, is_required=False)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setPageStep(_BY_PAGE)
        self.step = 1
        self._usual = Money(0, currency)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(self.hint), self.slider)
        self.slider.valueChanged.connect(self._on_slid)
        self.edit.textEdited.connect(self._follow)

    @override
    def say(self, label: str, hint: str = "") -> None:
        super().say(label, hint)
        self.slider.setAccessibleName(_("{label}, as a slider").format(label=label))

    def set_range(self, least: Money, most: Money, usual: Money) -> None:
        """Set the ends of the slider.

        Args:
            least: From where it slides; rounded outwards to a whole step, as its other end is.
            most: To where it slides.
            usual: Where it stands while nothing is typed.
        """
        self.step = _step_of(max(most.minor - least.minor, 1))
        self._usual = usual
        with QSignalBlocker(self.slider):
            self.slider.setRange(least.minor // self.step, -(-most.minor // self.step))
        self._follow()

    @override
    def set_money(self, money: Money | None) -> None:
        super().set_money(money)
        self._follow()

    def _follow(self) -> None:
        """Let the slider stand where the line says."""
        money = self.money()
        with QSignalBlocker(self.slider):
            place = self._place_of(money if money is not None else self._usual)
            # What is typed may be greater than any number that Qt knows.
            self.slider.setValue(max(self.slider.minimum(), min(place, self.slider.maximum())))

    def _place_of(self, money: Money) -> int:
        return round(money.minor / self.step)

    def _on_slid(self, place: int) -> None:
        is_usual = place == self._place_of(self._usual)
        AmountField.set_money(self, None if is_usual else Money(place * self.step, self.currency))
        self.changed.emit()


def _step_of(width: int) -> int:
    """A round step that divides a width into about as many as there should be: 1, 2 or 5 times ten."""
    step = 1
    while step * _STOPS < width:
        step = step * 2 if str(step)[0] in "15" else step // 2 * 5
    return step
