import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.account import Contact
from planner.domain.cash.flow import Category
from planner.domain.hardship.budget import budget
from planner.domain.hardship.hardship import SAFETY, Hardship, Situation, hardship
from planner.domain.hardship.shares import Creditor, Sharing
from planner.i18n import LANGUAGES
from planner.reports.hardship_letter import letter_text
from planner.services.hardship_letter import Letter, LineKind, letter, phone_script
from tests.domain.hardship_cases import MONTH, TODAY, creditor, flow, once, yuan
from tests.store.test_catalogue import SHAMING

FIRST = date(2026, 12, 10)
BANK = creditor("招行卡", "18250.40", "1825.04", product="cn-credit-card", lender="招商银行")
SHOP = creditor("白条", "4200", "798", lender="JD Finance")
WRITERS: dict[str, Callable[[Hardship, str], Letter]] = {"letter": letter, "script": phone_script}

# “Do not pay”, and asking for mercy.
ADVICE = r"stop paying|do not pay|don't pay|停止还款|不要还|别还|ne payez (pas|plus)|cessez de payer"
PLEADING = (
    r"\bbeg\b|\bmercy\b|\bsorry\b|\bdesperate|\bpity\b|\bashamed\b|求求|恳求|对不起|je vous supplie|\bhélas\b"
)


def view(rent: str = "4139.20", *debts: Creditor, how: Sharing = Sharing.EQUAL, **more: Any) -> Hardship:
    """5,200.00 come in; 4,139.20 for the rent leaves 1,060.80."""
    flows = [flow(Category.SALARY, "5200"), flow(Category.HOUSING, rent)]
    if "other" in more:
        flows.append(flow(Category.OTHER, more["other"], once(date(2026, 12, 3))))
    cash = [(TODAY, yuan(more.get("cash", "0"))), (FIRST, yuan(more.get("then", "20000")))]
    situation = Situation(TODAY, date(2027, 2, 22), FIRST, debts or (BANK, SHOP), (), cash)
    return hardship(budget(flows, MONTH, "CNY"), situation, how)


def text(found: Letter, language: str = "en") -> str:
    return letter_text(found, language)


SITUATIONS = {
    "parts": view(),
    "in proportion": view(how=Sharing.IN_PROPORTION),
    "one lender": view("4139.20", BANK),
    "nothing": view("5300"),
    "other expenses": view("4000", other="100"),
    "another day": view("0.20"),
    "in time": view("0.20", replace(BANK, asked_on=FIRST)),
    "late": view("4139.20", replace(BANK, asked_on=date(2026, 11, 2)), SHOP),
    "not on every day": view(then="600"),
    "on no day": view(then="0"),
    "no end": view("5199.99", replace(BANK, lender="")),
}
EVERY = [
    pytest.param(writer, found, language, id=f"{writer}, {name}, {language}")
    for writer in WRITERS
    for name, found in SITUATIONS.items()
    for language in LANGUAGES
]


# --- what holds for every letter and script ----------------------------------------------------------


@pytest.mark.parametrize(("writer", "found", "language"), EVERY)
def test_it_is_complete_calm_and_gives_no_bad_advice(writer: str, found: Hardship, language: str) -> None:
    made = WRITERS[writer](found, "招行卡")
    said = text(made, language)

    assert not re.search(r"[{}]", said)
    assert not re.search(SHAMING, said, re.IGNORECASE)
    assert not re.search(ADVICE, said, re.IGNORECASE)
    assert not re.search(PLEADING, said, re.IGNORECASE)
    assert "招行卡" in said
    # By paragraphs: a closing may stand on two lines.
    assert len(said.split("\n\n")) == len(text(made, "en").split("\n\n"))
    assert all(line.strip() or not line for line in said.splitlines())


@pytest.mark.parametrize("found", SITUATIONS.values(), ids=list(SITUATIONS))
@pytest.mark.parametrize("writer", WRITERS)
def test_it_never_offers_more_than_the_budget_shows(writer: str, found: Hardship) -> None:
    offer = found.proposal("招行卡")
    made = WRITERS[writer](found, "招行卡")
    told = [
        line.text.values["amount"].value
        for line in made.lines
        if "amount" in line.text.values and not line.text.is_own
    ]

    assert all(amount == offer.monthly.value <= found.budget.available.value for amount in told)
    assert len(told) == (0 if offer.count is None else 1)


@pytest.mark.parametrize("found", SITUATIONS.values(), ids=list(SITUATIONS))
def test_a_letter_asks_for_nothing_that_identifies_its_writer_beyond_what_the_lender_has(
    found: Hardship,
) -> None:
    said = text(letter(found, "招行卡"))

    assert not re.search(r"identity|passport|身份证|date of birth|password", said)
    assert re.findall(r"\[[^\]]*\]", said)[0] == "[Your name and postal address]"
    assert "[its number, or the last four digits of the card]" in said


def test_there_is_none_for_an_account_of_which_nothing_is_asked() -> None:
    for write in WRITERS.values():
        with pytest.raises(KeyError):
            write(view(), "another")


# --- the letter --------------------------------------------------------------------------------------


@pytest.mark.row("C038")
def test_a_letter_offers_parts_that_the_budget_has_and_asks_for_a_written_answer() -> None:
    found = view()
    assert text(letter(found, "招行卡", "  Since October I work half the hours. ")) == (
        "[Your name and postal address]\n\n"
        "To: 招商银行\n\n"
        "[Place], 22 November 2026\n\n"
        "Subject: Proposal for repaying 招行卡 in monthly parts\n\n"
        "Contract: [its number, or the last four digits of the card]\n\n"
        "Dear Sir or Madam,\n\n"
        "By my own record of 22 November 2026, CN¥18,250.40 is open on 招行卡. I want to repay it. I cannot "
        "pay the CN¥1,825.04 that is asked of me from 5 December 2026 on. If your figures differ from mine, "
        "please send me a statement.\n\n"
        "The reason: Since October I work half the hours.\n\n"
        "CN¥5,200.00 a month comes in. Housing, energy, food and other essentials take CN¥4,139.20.\n\n"
        "That leaves CN¥1,060.80 a month for all my debts.\n\n"
        "I share it equally among all my lenders; what a court has confirmed comes first, and nobody gets "
        "more than they ask for.\n\n"
        "I offer to pay you CN¥530.40 a month, for the first time on 10 December 2026.\n\n"
        "If nothing more is charged, CN¥18,250.40 is repaid with 35 payments, the last on "
        "10 October 2029.\n\n"
        "The rules on credit cards of commercial banks (商业银行信用卡业务监督管理办法), article 70, "
        "allow such an agreement over up to 60 months.\n\n"
        "Please agree to these parts, and charge no penalties and no further interest while I keep to "
        "them.\n\n"
        "Please confirm to me in writing: the amounts and their dates, what is still charged, and what you "
        "report to credit registers.\n\n"
        "I will look at my budget again by 10 June 2027, and tell you if I can pay more or if something "
        "changes.\n\n"
        "Enclosed: the budget sheet of my household.\n\n"
        "Yours faithfully,\n\n"
        "[Your name, and how to reach you]\n"
    )


def test_without_a_reason_there_is_room_for_one() -> None:
    said = text(letter(view(), "招行卡"))

    assert "[Why less comes in or more goes out than before" in said
    assert "The reason:" not in said
    assert text(letter(view(), "招行卡", " {0} [x] ")).count("The reason: {0} [x]") == 1


def test_the_law_is_named_only_where_it_holds_and_is_enough() -> None:
    assert "article 70" in text(letter(view(), "招行卡"))
    assert "article 70" not in text(letter(view(), "白条"))
    long = replace(BANK, owed=creditor("x", "70000", "1").owed)
    assert "article 70" not in text(letter(view("4139.20", long, SHOP), "招行卡"))


@pytest.mark.parametrize(
    ("name", "words", "missing"),
    [
        ("in proportion", "in proportion to what I owe them", "equally"),
        (
            "on no day",
            "On 10 December 2026 all of my cash goes to these expenses, so at present nothing",
            "That leaves",
        ),
        (
            "not on every day",
            "has to stay for the days before my income comes: CN¥200.00 a month",
            "That leaves",
        ),
        ("one lender", "That leaves CN¥1,060.80 a month for all my debts.", "equally"),
        ("other expenses", "take CN¥4,000.00, other expenses CN¥100.00.", "offer you a payment"),
        ("late", "of which the first part was due on 2 November 2026", "from 2 November 2026 on"),
        ("no end", "It is what my budget has at present.", "is repaid with"),
        ("no end", "To: [name of the lender]", "招商银行"),
    ],
)
def test_it_says_what_is_so(name: str, words: str, missing: str) -> None:
    said = text(letter(SITUATIONS[name], "招行卡"))

    assert words in said
    assert missing not in said


def test_where_nothing_is_left_it_asks_for_time_and_promises_a_new_budget() -> None:
    said = text(letter(SITUATIONS["nothing"], "招行卡"))

    assert "At present nothing of it is left for my debts." in said
    assert "Please give me time until 22 February 2027" in said
    assert "charge no penalties and no further interest meanwhile" in said
    assert "I offer to pay you" not in said


def test_where_only_the_day_does_not_fit_it_asks_for_another_one() -> None:
    made = letter(SITUATIONS["another day"], "招行卡")
    said = text(made)

    assert str(made.title) == "Another day of payment for 招行卡"
    assert "I can pay that, but not by that day." in said
    assert "I will pay CN¥1,825.04 on 10 December 2026, when my income is there." in said
    assert "Please accept that day without a charge for being late" in said
    assert "a month comes in" not in said


def test_where_all_can_be_paid_in_time_it_only_asks_what_would_be_possible() -> None:
    made = letter(SITUATIONS["in time"], "招行卡")
    said = text(made)

    assert str(made.title) == "Payment for 招行卡"
    assert "I can pay that, and want to keep you informed." in said
    assert "I will pay CN¥1,825.04 by that day." in said
    assert "without a charge for being late" not in said


# --- the call ----------------------------------------------------------------------------------------


@pytest.mark.row("C096", "C097", "C098")
def test_a_script_says_what_to_have_ready_to_say_to_ask_and_to_write_down() -> None:
    contacts = (Contact("JD Finance customer service", "95118"), Contact("nobody", ""))
    made = phone_script(view(), "白条", contacts, "Illness")
    said = text(made)

    assert str(made.title) == "Call to JD Finance about 白条"
    assert not made.is_letter
    headings = [str(line.text) for line in made.lines if line.kind is LineKind.HEADING]
    assert headings == [
        "Before the call",
        "What to say",
        "What to ask",
        "If they ask for more",
        "To write down",
    ]
    for words in (
        "Call to JD Finance about 白条\n\nBefore the call\n– JD Finance customer service: 95118\n– Have",
        "proof of what has changed: of your income, of your work, or of an illness or the loss of work",
        "– “CN¥4,200.00 is open on my account 白条, and I want to repay it.”\n– Illness\n",
        "CN¥1,060.80 a month is left for all my lenders.”",
        "“I can pay you CN¥530.40 a month, for the first time on 10 Dec 2026.”",
        "“Please confirm it in writing: the amounts, their dates, and what is still charged.”",
        "Read a proposal first: the amounts, how many, their dates, what is waived.",
        "– Person, or their number: ____",
    ):
        assert words in said
    assert "nobody" not in said
    assert made.lines[-1].text == SAFETY


def test_without_a_number_there_is_room_for_one_and_banks_are_asked_to_record_the_call() -> None:
    said = text(phone_script(view(), "招行卡"))

    assert "[The number on your bill, your card or the contract]" in said
    assert "“Is this call recorded?" in said
    assert "[Why less comes in" in said
    assert "Is this call recorded" not in text(phone_script(view(), "白条"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("on no day", "nothing is left for my debts at present. I ask for time until 22 Feb 2027"),
        ("not on every day", "CN¥200.00 a month is left for all my lenders."),
        ("nothing", "nothing is left for my debts at present. I ask for time until 22 Feb 2027"),
        ("nothing", "“My budget has nothing left at present."),
        ("another day", "“I can pay the CN¥1,825.04 that is asked, but on 10 Dec 2026"),
        ("in time", "“I can pay the CN¥1,825.04 that is asked by 10 Dec 2026. What is possible"),
        ("parts", "“That is what my budget has. I would rather promise what I can keep.”"),
    ],
)
def test_the_script_says_what_is_so(name: str, words: str) -> None:
    assert words in text(phone_script(SITUATIONS[name], "招行卡"))
