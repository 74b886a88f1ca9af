from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.hardship.minimums import Minimum
from planner.domain.hardship.shortage import shortage
from planner.domain.money import Money
from planner.phrases import Phrase
from tests.domain.hardship_cases import TODAY, plain, yuan

UNTIL = TODAY + timedelta(days=90)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def needed(days: int, amount: str) -> Minimum:
    return Minimum(after(days), plain(yuan(amount)), Phrase("a bill"), "a", after(days))


def test_where_the_money_reaches_for_every_minimum_there_is_no_shortage() -> None:
    cash = [(TODAY, yuan("100")), (after(10), yuan("300"))]

    assert shortage(cash, [needed(5, "100"), needed(10, "200")], UNTIL) is None
    assert shortage(cash, [], UNTIL) is None
    assert shortage([(TODAY, yuan("-50"))], [], UNTIL) is None


def test_a_shortage_says_when_it_begins_by_how_much_and_the_least_that_would_do() -> None:
    cash = [(TODAY, yuan("100")), (after(10), yuan("300")), (after(30), yuan("500"))]
    found = shortage(cash, [needed(20, "250"), needed(5, "140"), needed(40, "100"), needed(40, "200")], UNTIL)

    assert found is not None
    assert (found.first_on, found.by.value) == (after(5), yuan("40"))
    assert (found.worst_on, found.least_extra.value) == (after(40), yuan("190"))  # 690 − 500


def test_the_first_of_several_worst_days_is_told() -> None:
    cash = [(TODAY, yuan("0")), (after(9), yuan("50"))]
    found = shortage(cash, [needed(3, "20"), needed(9, "50")], UNTIL)

    assert found is not None
    assert (found.first_on, found.worst_on) == (after(3), after(3))
    assert found.by.value == found.least_extra.value == yuan("20")


def test_what_comes_in_on_a_day_is_there_for_what_is_due_that_day() -> None:
    cash = [(TODAY, yuan("0")), (after(5), yuan("100"))]
    assert shortage(cash, [needed(5, "100")], UNTIL) is None
    assert shortage(cash, [needed(5, "100.01")], UNTIL) is not None
    assert shortage(cash, [needed(4, "100")], UNTIL) is not None


def test_expenses_after_a_due_date_can_make_the_money_short_too() -> None:
    found = shortage([(TODAY, yuan("100")), (after(7), yuan("60"))], [needed(5, "80")], UNTIL)

    assert found is not None
    assert (found.first_on, found.by.value) == (after(7), yuan("20"))


def test_what_lies_after_the_last_day_does_not_count() -> None:
    cash = [(TODAY, yuan("100")), (after(8), yuan("0"))]

    assert shortage(cash, [needed(5, "80"), needed(9, "500")], after(7)) is None
    assert shortage(cash, [needed(5, "80")], after(8)) is not None


def test_a_shortage_says_how_it_was_made() -> None:
    found = shortage([(TODAY, yuan("100"))], [needed(3, "30"), needed(5, "140"), needed(6, "1")], UNTIL)
    assert found is not None
    by, extra = found.by.derivation, found.least_extra.derivation

    assert [(str(each.label), each.plain) for each in by.given] == [
        (f"Cash on {after(5)} if no debt was paid", yuan("100")),
        (f"Minimums due by {after(5)}", yuan("170")),
    ]
    inner = by.given[1].value.derivation
    assert [each.plain for each in inner.given] == [yuan("30"), yuan("140")]
    assert [(str(step.text), step.result) for step in by.workings] == [(f"Missing on {after(5)}", yuan("70"))]
    assert [each.plain for each in extra.given] == [yuan("100"), yuan("171")]
    assert [step.result for step in extra.workings] == [yuan("71")]


steps = st.lists(st.tuples(st.integers(0, 40), st.integers(-300, 300)), max_size=8)
dues = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 200)), max_size=8)


def day_by_day(
    cash: Sequence[tuple[date, Money]], found: Sequence[Minimum], until: date
) -> list[tuple[date, int]]:
    """What is missing at the end of each day from the first due date on."""
    missing = []
    first = min((each.on for each in found if each.on <= until), default=until + timedelta(days=1))
    day = first
    while day <= until:
        balance = [amount.minor for on, amount in cash if on <= day][-1]
        due = sum(each.amount.value.minor for each in found if each.on <= day)
        missing.append((day, due - balance))
        day += timedelta(days=1)
    return missing


@given(st.integers(-100, 500), steps, dues)
def test_it_is_the_shortage_that_one_finds_day_by_day(
    start: int, moves: list[tuple[int, int]], owed: list[tuple[int, int]]
) -> None:
    until = after(30)
    balances = {TODAY: start}
    for days, change in sorted(moves):
        balances[after(days)] = balances[max(balances)] + change
    cash = [(on, Money(minor, "CNY")) for on, minor in sorted(balances.items())]
    minimums = [
        Minimum(after(days), plain(Money(minor, "CNY")), Phrase("a bill"), "a", after(days))
        for days, minor in owed
    ]
    found = shortage(cash, minimums, until)
    short = [(on, missing) for on, missing in day_by_day(cash, minimums, until) if missing > 0]

    if found is None:
        assert short == []
    else:
        assert (found.first_on, found.by.value.minor) == short[0]
        worst = max(missing for _on, missing in short)
        assert found.least_extra.value.minor == worst
        assert found.worst_on == next(on for on, missing in short if missing == worst)
        # That much more from the start, and no day is short; a cent less, and one is.
        for extra, is_enough in ((worst, True), (worst - 1, False)):
            more = [(on, amount + Money(extra, "CNY")) for on, amount in cash]
            assert (shortage(more, minimums, until) is None) is is_enough
