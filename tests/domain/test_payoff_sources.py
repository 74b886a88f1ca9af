"""Who says what a figure was made from."""

from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.payoff.sources import sources_behind
from planner.domain.sourced import IMPORTED, Source
from planner.phrases import Phrase

PAGE, LAW = Source("page"), Source("law")


def figure(*given: Given) -> Derived[int]:
    return Derived(1, Derivation(Phrase("Rule"), given))


def test_every_source_is_told_once_all_the_way_down() -> None:
    inner = figure(
        Given(Phrase("Rate"), 1, PAGE), Given(Phrase("Recorded"), 2), Given(Phrase("File"), 3, IMPORTED)
    )
    outer = figure(
        Given(Phrase("Cap"), 1, LAW), Given(Phrase("Inner"), inner), Given(Phrase("Rate"), 1, PAGE)
    )

    assert sources_behind([outer, inner]) == (LAW, PAGE)
    assert sources_behind([]) == ()
    assert sources_behind([figure(Given(Phrase("Inner"), inner, LAW))]) == (LAW, PAGE)
