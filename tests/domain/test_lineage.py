from datetime import date

import pytest

from planner.domain.derivation import figures_in
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.plans.lineage import lineage, steps
from planner.i18n import explain

TODAY = date(2026, 11, 22)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def plan(
    name: str,
    first: date,
    rows: list[tuple[str, str]],
    origin: str = "",
    kind: OriginKind = OriginKind.PLAN,
    interest: str = "0",
) -> InstalmentPlan:
    parts = tuple(
        Instalment(
            number,
            date(
                first.year + (first.month + number - 2) // 12, (first.month + number - 2) % 12 + 1, first.day
            ),
            yuan(principal),
            yuan(fee),
            yuan(interest),
            f"{name}-{number}",
        )
        for number, (principal, fee) in enumerate(rows, 1)
    )
    whole = Money(sum(row.principal.minor for row in parts), "CNY")
    return InstalmentPlan(
        "account", name, whole, parts, len(parts), kind if origin else OriginKind.NONE, origin, id=name
    )


# 600 over 6 x (100 + 5) from September on; after two rows the 400 left go into 8 x (50 + 4) from November
# on; after one of those the 350 left go into 7 x (50 + 3).
FIRST = plan("first", date(2026, 9, 10), [("100", "5")] * 6)
SECOND = plan("second", date(2026, 11, 10), [("50", "4")] * 8, "first")
THIRD = plan("third", date(2026, 12, 10), [("50", "3")] * 7, "second")
CHAIN = (THIRD, FIRST, SECOND)


@pytest.mark.row("C083", "C084")
@pytest.mark.parametrize("asked", ["first", "second", "third"])
def test_the_chain_is_the_same_from_wherever_one_looks(asked: str) -> None:
    found = lineage(asked, CHAIN, TODAY)

    assert [(link.plan.id, link.depth) for link in found.links] == [("first", 0), ("second", 1), ("third", 2)]
    assert found.first is FIRST
    assert found.currency == "CNY"


@pytest.mark.row("C084")
def test_c084_the_whole_chain_costs_what_every_plan_in_it_did_and_will() -> None:
    found = lineage("third", CHAIN, TODAY)

    # 2 x 5 + 1 x 4 by now; 7 x 3 still to come.
    assert [link.cost.value for link in found.links] == [yuan("10"), yuan("4"), yuan("21")]
    assert [len(link.rows) for link in found.links] == [2, 1, 7]
    assert [len(link.taken) for link in found.links] == [4, 7, 0]
    assert (found.cost_by_now, found.cost_to_come) == (yuan("14"), yuan("21"))
    assert found.cost.value == yuan("35")
    assert found.last_on == date(2027, 6, 10)
    assert [(str(each.label), each.plain) for each in found.cost.derivation.given] == [
        ("first, 2026-09-10", yuan("10")),
        ("second, 2026-11-10", yuan("4")),
        ("third, 2026-12-10", yuan("21")),
    ]
    assert [(str(each.text), each.result) for each in found.cost.derivation.workings] == [
        ("Due by 2026-11-22", yuan("14")),
        ("Still to come", yuan("21")),
        ("Together", yuan("35")),
    ]


@pytest.mark.row("C084")
def test_c084_the_lower_month_stands_beside_what_it_costs_more() -> None:
    first, second = steps(lineage("first", CHAIN, TODAY))

    # 105 to 54 a month, 8 x 4 instead of 4 x 5; then 54 to 53 a month, 7 x 3 instead of 7 x 4.
    assert (first.before.plan.id, first.after.plan.id) == ("first", "second")
    assert (first.lower.value, first.more.value) == (yuan("51"), yuan("12"))
    assert (second.lower.value, second.more.value) == (yuan("1"), yuan("-7"))
    assert [(str(each.label), each.plain) for each in first.more.derivation.given] == [
        ("Fees and interest of the new plan", yuan("32")),
        ("Fees and interest of the instalments taken over", yuan("20")),
    ]
    assert [each.result for each in first.more.derivation.workings] == [yuan("12")]
    assert first.before.last_on.value == date(2027, 2, 10)
    assert first.after.last_on.value == date(2027, 6, 10)


@pytest.mark.parametrize(
    ("on", "by_now"), [(date(2026, 9, 9), "0"), (date(2026, 9, 10), "5"), (date(2027, 6, 10), "35")]
)
def test_a_row_counts_as_due_from_its_day_on(on: date, by_now: str) -> None:
    found = lineage("first", CHAIN, on)

    assert found.cost_by_now == yuan(by_now)
    assert found.cost_by_now + found.cost_to_come == yuan("35")


@pytest.mark.row("C084")
@pytest.mark.parametrize(
    ("principals", "fee", "words"),
    [
        (["50"] * 8, "4", "The month got lower by CN¥51.00. In all it costs CN¥12.00 more."),
        (
            ["104.99", "95.01", "100", "100"],
            "0",
            "The month got lower by CN¥0.01. In all it costs CN¥20.00 less.",
        ),
        (["105", "95", "100", "100"], "0", "The month stayed the same. In all it costs CN¥20.00 less."),
        (
            ["105.01", "94.99", "100", "100"],
            "0",
            "The month got higher by CN¥0.01. In all it costs CN¥20.00 less.",
        ),
        (["100"] * 4, "5", "The month stayed the same. In all it costs CN¥0.00 more."),
        (["100"] * 4, "4.99", "The month got lower by CN¥0.01. In all it costs CN¥0.04 less."),
    ],
)
def test_c084_what_changed_is_said_with_figures_that_can_be_asked(
    principals: list[str], fee: str, words: str
) -> None:
    after = plan("after", date(2026, 11, 10), [(principal, fee) for principal in principals], "first")
    (step,) = steps(lineage("first", (FIRST, after), TODAY))

    assert explain(step.words) == f"after, 10 Nov 2026 instead of first, 10 Sept 2026. {words}"
    assert all(figure.derivation.given for figure in figures_in(step.words))


def test_interest_costs_as_fees_do() -> None:
    only = plan("only", date(2026, 12, 10), [("100", "2")] * 2, interest="3")
    after = plan("after", date(2027, 1, 10), [("100", "1")], "only", interest="7")
    found = lineage("only", (only, after), TODAY)

    assert found.cost.value == yuan("13")
    assert steps(found)[0].more.value == yuan("3")


def test_a_plan_that_nothing_was_made_of_is_a_chain_of_one() -> None:
    found = lineage("first", (FIRST,), TODAY)

    assert (len(found.links), found.cost.value, steps(found)) == (1, yuan("30"), ())
    assert found.links[0].month.value == yuan("105")


def test_a_plan_made_of_a_bill_or_of_one_that_is_gone_begins_a_chain() -> None:
    of_bill = plan("of bill", date(2026, 12, 10), [("100", "5")], "bill", OriginKind.BILL)
    orphan = plan("orphan", date(2026, 12, 10), [("100", "5")], "gone")

    assert lineage("of bill", (of_bill, orphan), TODAY).first is of_bill
    assert lineage("orphan", (of_bill, orphan), TODAY).first is orphan


def test_an_origin_of_another_kind_with_the_id_of_a_plan_makes_no_chain() -> None:
    other = plan("other", date(2026, 12, 10), [("100", "5")], "first", OriginKind.PURCHASE)

    assert [link.plan.id for link in lineage("first", (FIRST, other), TODAY).links] == ["first"]
    assert lineage("other", (FIRST, other), TODAY).first is other


def test_an_agreement_follows_the_plan_it_is_about_which_keeps_its_rows() -> None:
    agreed = plan("agreed", date(2027, 1, 10), [("100", "0")] * 6, "first", OriginKind.AGREEMENT)
    found = lineage("agreed", (FIRST, agreed), TODAY)

    assert [link.plan.id for link in found.links] == ["first", "agreed"]
    assert found.cost.value == yuan("30")


def test_several_plans_made_of_one_share_what_its_rows_would_have_cost() -> None:
    later = plan("later", date(2027, 1, 10), [("100", "8")], "first")
    sooner = plan("sooner", date(2026, 12, 10), [("100", "2")] * 3, "first")
    found = lineage("first", (FIRST, later, sooner), TODAY)

    assert [(link.plan.id, link.depth) for link in found.links] == [("first", 0), ("sooner", 1), ("later", 1)]
    # Four rows, 20 of fees: 15 for the 300, 5 for the 100.
    assert [(step.after.plan.id, step.more.value) for step in steps(found)] == [
        ("sooner", yuan("-9")),
        ("later", yuan("3")),
    ]
    workings = steps(found)[0].more.derivation.workings
    assert [(str(each.text), each.result) for each in workings] == [
        ("The part of them that belongs to this plan", yuan("15")),
        ("More in all", yuan("-9")),
    ]


def test_grandchildren_come_after_all_children() -> None:
    early = plan("early", date(2026, 11, 10), [("100", "1")], "first")
    late = plan("late", date(2026, 12, 10), [("100", "1")], "first")
    grandchild = plan("grandchild", date(2026, 12, 1), [("100", "1")], "early")

    found = lineage("late", (grandchild, late, early, FIRST), TODAY)

    assert [(link.plan.id, link.depth) for link in found.links] == [
        ("first", 0),
        ("early", 1),
        ("late", 1),
        ("grandchild", 2),
    ]


def test_a_record_that_leads_in_a_circle_ends() -> None:
    one = plan("one", date(2026, 9, 10), [("100", "5")], "three")
    two = plan("two", date(2026, 10, 10), [("100", "5")], "one")
    three = plan("three", date(2026, 11, 10), [("100", "5")], "two")
    myself = plan("myself", date(2026, 9, 10), [("100", "5")], "myself")

    for asked in ("one", "two", "three"):
        found = lineage(asked, (one, two, three), TODAY)
        assert sorted(link.plan.id for link in found.links) == ["one", "three", "two"]
        assert found.last_on == date(2026, 11, 10)
        assert len(steps(found)) == 2
    assert [link.plan.id for link in lineage("myself", (myself,), TODAY).links] == ["myself"]


def test_a_plan_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        lineage("nothing", CHAIN, TODAY)
