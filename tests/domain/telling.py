"""What a derivation says, as plain texts and values that a test can be compared with."""

from __future__ import annotations

from planner.domain.derivation import Derivation, Derived
from planner.phrases import Phrase

Told = list[tuple[str, object]]


def given(figure: Derived[object]) -> Told:
    """What went into a figure, each with its name."""
    assert isinstance(figure.derivation.rule, Phrase)
    assert all(isinstance(each.label, Phrase) for each in figure.derivation.given)
    return [(str(each.label), each.plain) for each in figure.derivation.given]


def steps(figure: Derived[object]) -> Told:
    """The steps to a figure."""
    assert isinstance(figure.derivation.rule, Phrase)
    assert all(isinstance(each.text, Phrase) for each in figure.derivation.workings)
    return [(str(each.text), each.result) for each in figure.derivation.workings]


def rule(figure: Derived[object]) -> str:
    """Its formula in words."""
    return str(figure.derivation.rule)


def inner(figure: Derived[object], label: str) -> Derived[object]:
    """An input of a figure that is a result itself."""
    found = next(each.value for each in figure.derivation.given if str(each.label) == label)
    assert isinstance(found, Derived)
    assert isinstance(found.derivation, Derivation)
    return found
