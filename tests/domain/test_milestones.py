from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from planner.domain.late.counts import LateCounts
from planner.domain.late.item import LateCase
from planner.domain.milestones import Milestone, milestones
from planner.domain.money import Money
from planner.domain.sourced import Reliability, Span
from planner.domain.terms import Terms
from planner.i18n import explain
from tests.domain.late_cases import DUE, case, euro, item, known, terms

UNTIL = date(2027, 2, 20)
CARD = terms(minimum="0.01")
PAID_BY_THEN = "The last of {} of grace: paid by then, it counts as in time."


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def found(
    which: LateCase | None = None, by: Terms | None = None, counts: LateCounts | None = None
) -> tuple[Milestone, ...]:
    return milestones(which or case(), by if by is not None else known(), UNTIL, counts)


def told(marks: Sequence[Milestone], words: str) -> Milestone:
    (mark,) = (mark for mark in marks if words in explain(mark.text))
    return mark


def words(marks: Sequence[Milestone]) -> str:
    return "\n".join(explain(mark.text) for mark in marks)


def test_they_stand_by_date_and_what_has_none_stands_last() -> None:
    days = [mark.on for mark in found()]
    dated = [day for day in days if day is not None]

    assert dated == sorted(dated)
    assert days[: len(dated)] == dated
    assert all(mark.source for mark in found())


def test_the_first_is_the_day_after_the_first_date_that_was_missed() -> None:
    marks = found(case(item(due_on=on(20)), item(due_on=DUE, is_carried=True), item(due_on=on(5))))

    assert (marks[0].on, marks[0].source.endswith("; the contract")) == (on(6), True)
    assert told(marks, "90 days").on == on(95)


def test_what_was_due_later_is_late_from_its_own_day_on() -> None:
    alone = found(case(item(), item(due_on=DUE)))
    one = told(found(case(item(), item(due_on=on(31)))), "of what is unpaid")
    rows = [item(due_on=on(30 * number)) for number in (3, 0, 1)]
    several = told(found(case(*rows, item(due_on=on(200), is_carried=True))), "of what is unpaid")

    assert "of what is unpaid" not in words(alone)
    assert (one.when, explain(one.text)) == (on(32), "1 more of what is unpaid is late from this day on.")
    assert several.when == Span(on(31), on(91))
    assert explain(several.text) == "2 more of what is unpaid are late, one after another."
    assert several.source == "The contract with the lender"


def test_where_nothing_is_late_only_that_is_said() -> None:
    (only,) = found(case(item(is_carried=True)))

    assert "nothing here is late" in explain(only.text)
    assert (only.on, only.reliability) == (None, Reliability.LOW)


def test_every_country_hears_that_reporting_differs() -> None:
    for law in ("CN", "FR", "GB", "US", "ZZ"):
        mark = told(found(case(law=law)), "When a lender reports to the credit register differs")
        assert (mark.on, mark.reliability) == (None, Reliability.LOW)
    assert len(found(case(law="ZZ"), Terms())) == 2


# --- grace ---


@pytest.mark.parametrize(
    ("by", "day", "sentence", "source"),
    [
        (
            {"grace_days": "3"},
            3,
            PAID_BY_THEN.format("3 days"),
            "page of 3",
        ),
        (
            {"grace_days": "1"},
            1,
            PAID_BY_THEN.format("1 day"),
            "page of 1",
        ),
        (
            {"grace_days": ("5", "3")},
            3,
            PAID_BY_THEN.format("3 days"),
            "page of 3",
        ),
        (
            {"grace_days": "3", "grace_cutoff": "24:00"},
            3,
            PAID_BY_THEN.format("3 days"),
            "page of 3",
        ),
        (
            {"grace_days": "3", "grace_cutoff": ("24:00", "20:00", "17:30")},
            3,
            "The last of 3 days of grace: paid by 17:30, it counts as in time.",
            "page of 3; page of 17:30",
        ),
        (
            {"grace_days": "1", "grace_cutoff": "20:00"},
            1,
            "The last of 1 day of grace: paid by 20:00, it counts as in time.",
            "page of 1; page of 20:00",
        ),
    ],
)
def test_the_last_day_of_the_shortest_grace_and_its_hour(
    by: dict[str, str], day: int, sentence: str, source: str
) -> None:
    mark = told(found(by=terms(**by)), "of grace: paid by")

    assert (mark.on, explain(mark.text), mark.source) == (on(day), sentence, source)


def test_without_grace_there_is_no_last_day_of_it() -> None:
    assert "of grace: paid by" not in words(found(by=known(grace_days="0")))
    assert "of grace: paid by" not in words(found(by=Terms()))
    assert "of grace: paid by" not in words(found(by=terms(grace_days=("0", "3"))))


# --- acceleration ---


def test_from_when_everything_may_be_asked_for_follows_the_contract() -> None:
    rows = case(item(), item(due_on=on(30)), item(due_on=on(60)))
    mark = told(found(rows, terms(acceleration_after="2")), "ask for everything at once")

    assert (mark.on, mark.source) == (on(31), "page of 2")
    assert explain(mark.text).startswith("After 2 missed instalments the contract lets the lender ask")
    one = told(found(rows, terms(acceleration_after="1")), "ask for everything at once")
    assert explain(one.text).startswith("After 1 missed instalment the contract")
    range_ = told(found(rows, terms(acceleration_after=("3", "2"))), "ask for everything at once")
    assert (range_.on, range_.text.values["count"]) == (on(31), 2)
    assert told(found(by=terms(acceleration_after="2")), "ask for everything at once").on is None
    assert "ask for everything at once" not in words(found(rows, Terms()))


# --- China ---


@pytest.mark.row("C041", "C050", "C054", "C056")
def test_in_china_ninety_days_five_years_and_two_free_reports_are_named_with_their_law() -> None:
    marks = found()

    assert told(marks, "Late from this day on").on == on(1)
    ninety = told(marks, "90 days: lenders widely treat")
    assert (ninety.on, ninety.reliability) == (on(90), Reliability.LOW)
    leaves = told(marks, "five years after everything is paid")
    assert (leaves.on, leaves.text.values["date"]) == (date(2032, 2, 20), UNTIL)
    assert "征信业管理条例" in leaves.source
    assert "art. 16" in leaves.source
    assert told(marks, "the five years have not started").on is None
    assert "art. 17" in told(marks, "Two reports a year are free").source
    objection = told(marks, "within 20 days")
    assert (objection.on, "art. 25" in objection.source) == (None, True)
    assert objection.reliability is Reliability.HIGH


@pytest.mark.row("C051", "C052")
def test_three_in_a_row_and_six_in_all_are_called_a_widely_used_criterion_of_weak_sources() -> None:
    mark = told(found(), "in a row")

    assert (
        explain(mark.text) == "Lenders widely look for 3 late months in a row or 6 in all within two years."
    )
    assert mark.source.startswith("A widely used criterion (“连三累六”), in no law that was found")
    assert (mark.on, mark.reliability) == (None, Reliability.LOW)
    counted = told(found(counts=LateCounts(in_all=4, in_row=2)), "in a row")
    assert explain(counted.text).endswith("within two years. Here: 2 in a row now, 4 in all as recorded.")


@pytest.mark.row("C030", "C031", "C032", "C033")
def test_courts_are_named_with_their_rules_and_for_whom_they_are() -> None:
    court = told(found(), "to court")

    assert "Only when a judgement is not obeyed may flights and fast trains be restricted" in explain(
        court.text
    )
    assert "people who could pay or who evade paying" in explain(court.text)
    assert "2010 (consumption limits) and 2013 (judgement debtors, art. 1)" in court.source
    assert court.on is None
    after = told(found(), "Whoever pays after a judgement")
    assert "the late record stays all the same" in explain(after.text)
    assert "November 2015" in after.source
    assert after.reliability is Reliability.LOW


@pytest.mark.row("C041")
@pytest.mark.parametrize(
    ("due_on", "is_told"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_only_what_was_late_in_the_years_of_the_repair_hears_that_it_is_over(
    due_on: date, *, is_told: bool
) -> None:
    marks = found(case(item(due_on=due_on), item()))

    assert ("one-time repair" in words(marks)) is is_told
    if is_told:
        values = told(marks, "one-time repair").text.values
        assert values == {
            "first": date(2020, 1, 1),
            "last": date(2025, 12, 31),
            "date": date(2026, 3, 31),
        }


# --- France ---

FRENCH = case(item(euro("120.00")), item(euro("120.00"), on(30)))


def test_in_france_the_indemnities_are_named_with_their_articles() -> None:
    marks = found(FRENCH, Terms())

    unpaid = told(marks, "for nothing else unless it ends the contract")
    assert unpaid.text.values == {"date": date(2026, 11, 20), "amount": euro("19.20")}
    assert unpaid.source == "Code de la consommation, art. D312-17, L312-38"
    assert "at most 4.00% of those that it puts off" in explain(told(marks, "puts instalments off").text)
    ends = told(marks, "If the lender ends the contract")
    assert "at most 8.00% of that capital" in explain(ends.text)
    assert "D312-16" in ends.source
    warning = told(marks, "the lender has to warn you")
    assert (warning.on, "L312-36" in warning.source) == (on(1), True)
    assert "信" not in "".join(mark.source for mark in marks)


@pytest.mark.parametrize(("second", "day"), [(None, 60), (30, 31), (58, 59), (59, 60), (60, 60), (90, 60)])
def test_the_french_register_hears_of_it_after_two_missed_dates_or_sixty_days(
    second: int | None, day: int
) -> None:
    items = [item(euro("120.00"))] + ([item(euro("120.00"), on(second))] if second is not None else [])

    mark = told(found(case(*items), Terms()), "leave 30 days to pay")

    assert mark.on == on(day)
    assert "F17608" in mark.source


def test_the_french_register_of_other_credit_begins_at_five_hundred_euros() -> None:
    def is_told(amount: str) -> bool:
        return "formal notice" in words(found(case(item(euro(amount))), Terms()))

    assert not is_told("499.99")
    assert is_told("500.00")
    mark = told(found(case(item(euro("500.00"))), Terms()), "formal notice")
    assert mark.text.values["amount"] == euro("500.00")
    assert (mark.on, "F17608" in mark.source) == (None, True)
    assert told(found(FRENCH, Terms()), "after five years at the latest").on is None


def test_what_was_not_verified_of_french_law_says_so() -> None:
    marks = found(FRENCH, Terms())

    too_late = told(marks, "Two years after the first unpaid instalment")
    assert too_late.on == date(2028, 11, 10)
    judge = told(marks, "A judge may put payments off")
    assert judge.on is None
    for mark in (too_late, judge):
        assert mark.source.endswith("General knowledge, unverified")
        assert mark.reliability is Reliability.LOW
    assert "1343-5" in judge.source


def test_a_franc_in_other_hands_follows_the_law_that_is_said() -> None:
    assert "FICP" in words(found(case(law="FR"), Terms()))
    assert "FICP" not in words(found(case(item(euro("1.00")), law="GB"), Terms()))


# --- abroad ---


@pytest.mark.parametrize("law", ["GB", "US"])
def test_reports_after_30_60_and_90_days_are_general_knowledge(law: str) -> None:
    marks = [mark for mark in found(case(law=law), Terms()) if "Lenders usually report" in explain(mark.text)]

    assert [mark.on for mark in marks] == [on(30), on(60), on(90)]
    assert [mark.text.values["days"] for mark in marks] == [30, 60, 90]
    assert {mark.source for mark in marks} == {"General knowledge, unverified"}
    assert {mark.reliability for mark in marks} == {Reliability.LOW}


def test_what_cards_charge_abroad_is_told_where_it_holds() -> None:
    american, british = found(case(law="US"), CARD), found(case(law="GB"), CARD)

    cap = told(american, "without proving its costs")
    assert (cap.text.values["first"], cap.text.values["again"]) == (
        Money.of("32.00", "USD"),
        Money.of("43.00", "USD"),
    )
    assert (cap.on, "1026.52" in cap.source, cap.reliability) == (None, True, Reliability.MEDIUM)
    usual = told(british, "Cards usually charge about")
    assert usual.text.values["amount"] == Money.of("12.00", "GBP")
    assert (usual.source, usual.reliability) == ("General knowledge, unverified", Reliability.LOW)
    assert "without proving its costs" not in words(british)
    assert "Cards usually charge about" not in words(american)


def test_what_is_no_card_hears_nothing_of_the_fees_of_cards() -> None:
    for law in ("GB", "US"):
        for by in (Terms(), terms(late_fee_fixed="5")):
            said = words(found(case(law=law), by))
            assert "Cards usually charge" not in said
            assert "A card may charge" not in said
    for by in (terms(minimum="0.01"), terms(minimum_rule="part_or_least"), terms(interest_rate="0.2")):
        assert "Cards usually charge" in words(found(case(law="GB"), by))
    pounds = Money.of("1000.00", "GBP")
    bill = item(pounds, minimum=Money.of("25.00", "GBP"))
    assert "Cards usually charge" in words(found(case(bill), Terms()))
    assert "Cards usually charge" not in words(found(case(item(pounds, minimum=pounds)), Terms()))


def test_the_chinese_article_is_named_in_china_only() -> None:
    for law in ("FR", "GB", "US", "ZZ"):
        marks = (*found(case(law=law)), *found(case(item(is_carried=True), law=law)))
        assert not any("JD.COM" in mark.source for mark in marks)
        assert told(found(case(law=law)), "Late from this day on").source == "The contract with the lender"
        assert told(found(case(law=law)), "When a lender reports").source == "The contract with the lender"
    assert "JD.COM" in told(found(), "Late from this day on").source
    assert "JD.COM" in told(found(), "When a lender reports").source
    assert "JD.COM" in found(case(item(is_carried=True)))[0].source


def test_no_milestone_judges_or_threatens() -> None:
    everything = "\n".join(
        words(
            found(
                case(item(due_on=date(2025, 6, 10)), law=law), terms(grace_days="3", acceleration_after="2")
            )
        )
        for law in ("CN", "FR", "GB", "US", "ZZ")
    ).lower()

    for word in ("malicious", "!", "fail", "untrustworthy", "must ", "lao lai", "shame", "prison"):
        assert word not in everything
