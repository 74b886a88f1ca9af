"""The worksheet and the letters of a case: made from the record, one figure for both, no numbers."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner import i18n
from planner.domain.account import Account
from planner.domain.agreed import equal_rows
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Channel, LetterKind
from planner.i18n import explain
from planner.reports.hardship_letter import letter_pdf, letter_text
from planner.services.accounts import account_from, save_account
from planner.services.agreements import Terms, agree
from planner.services.bills import pay, save_bill
from planner.services.cases.letters import Addressee, CaseLetter, case_letter
from planner.services.cases.worksheet import worksheet_of
from planner.services.hardship import negotiation_view
from planner.store import catalogue
from planner.store.store import Store
from tests.negotiating import begin, late_account, use_talks, yuan

PAYDAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _talks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_talks(monkeypatch, tmp_path)


@pytest.fixture
def account(store: Store) -> Account:
    return late_account(store)


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    return begin(store, account, today)


def record_budget(store: Store, today: date) -> None:
    """3,000 comes in on the first; 2,600 goes to housing, energy and food: 400 is left."""
    flows = (
        ("Salary", Category.SALARY, "3000"),
        ("Rent", Category.HOUSING, "1800"),
        ("Power", Category.ENERGY, "200"),
        ("Food", Category.FOOD, "600"),
    )
    with store.transaction():
        for name, category, amount in flows:
            store.cash_flows.save(CashFlow(name, category, yuan(amount), Recurrence(PAYDAY)))
        store.cash_accounts.save(CashAccount("Bank", "CNY", (Balance(today, yuan("5000")),)))


def add_card(store: Store) -> Account:
    """Another lender, which asks for 500 in the coming month."""
    sheet = catalogue.product("cn-credit-card")
    assert sheet is not None
    line = BillLine(LineKind.UNITEMISED, yuan("500"))
    with store.transaction():
        card = save_account(store, account_from(sheet, "Card"))
        save_bill(store, Bill(card.id, date(2026, 11, 10), date(2026, 12, 5), (line,)))
    return card


def agree_on_three(store: Store, case: Case, today: date) -> None:
    terms = Terms(
        ("bill", "charge"),
        equal_rows(date(2026, 12, 10), 3, yuan("930")),
        today,
        fees=yuan("30"),
        waived=yuan("112.34"),
        channel=Channel.PHONE,
        person="Agent 7",
        pauses_collection=True,
    )
    with store.transaction():
        agree(store, case.id, "agree", terms, today)


def made(
    store: Store,
    case: Case,
    kind: LetterKind,
    today: date,
    reason: str = "",
    to: Addressee = Addressee.LENDER,
) -> CaseLetter:
    return case_letter(store, case.id, kind, today, reason, to)


def text_of(found: CaseLetter, language: str = "en") -> str:
    return letter_text(found.letter, language, "en_GB" if language == "en" else "")


# --- the worksheet -----------------------------------------------------------------------------------


@pytest.mark.row("C038")
def test_the_worksheet_goes_from_the_income_to_what_is_left_for_this_lender(
    store: Store, account: Account, today: date
) -> None:
    record_budget(store, today)
    add_card(store)
    sheet = worksheet_of(store, account.id, today)

    assert [(explain(line.name), line.amount.value) for line in sheet.lines] == [
        ("Comes in each month", yuan("3000")),
        ("Housing, energy, food and other essentials", yuan("2600")),
        ("Left for all lenders", yuan("400")),
        ("For the other lenders", yuan("200")),
        ("For My Baitiao each month", yuan("200")),
    ]
    assert all(line.amount.derivation.given for line in sheet.lines)
    assert sheet.lacks == ()


@pytest.mark.row("C038")
def test_worksheet_payoff_and_letter_say_the_same_amount(
    store: Store, account: Account, case: Case, today: date
) -> None:
    record_budget(store, today)
    payoff = negotiation_view(store, today, "CNY")
    assert payoff is not None
    sheet = worksheet_of(store, account.id, today)
    assert sheet.monthly is not None

    assert sheet.monthly.value == payoff.proposal(account.id).monthly.value == yuan("400")
    text = text_of(made(store, case, LetterKind.PROPOSAL, today))
    assert "I offer to pay you CN¥400.00 a month, for the first time on 1 December 2026." in text


def test_what_is_missing_for_an_offer_is_said_and_leads_to_where_it_is_recorded(
    store: Store, account: Account, case: Case, today: date
) -> None:
    sheet = worksheet_of(store, account.id, today)

    assert sheet.monthly is None
    assert {(lack.place, lack.target) for lack in sheet.lacks} == {("cash", "CNY")}
    assert explain(sheet.lacks[0].text).startswith("No income of this month is recorded")
    letter = made(store, case, LetterKind.PROPOSAL, today)
    assert letter.lacks == sheet.lacks
    assert "I offer to pay you [the amount you can pay] a month, for the first time on [the day]." in (
        text_of(letter)
    )


def test_without_anything_asked_there_is_no_offer_and_it_says_so(
    store: Store, account: Account, today: date
) -> None:
    record_budget(store, today)
    with store.transaction():
        pay(store, Payment(account.id, yuan("1616.34"), today))
    sheet = worksheet_of(store, account.id, today)

    assert sheet.proposal is None
    assert sheet.monthly is None
    assert [explain(line.name) for line in sheet.lines][-1] == "Left for all lenders"
    assert [(lack.place, lack.target) for lack in sheet.lacks] == [("bills", account.id)]


def test_a_proposal_without_a_budget_takes_what_was_agreed(store: Store, case: Case, today: date) -> None:
    agree_on_three(store, case, today)
    text = text_of(made(store, case, LetterKind.PROPOSAL, today))

    assert "I offer to pay you CN¥930.00 in 3 instalments, from 10 December 2026 to 10 February 2027." in text


# --- the other letters -------------------------------------------------------------------------------


@pytest.mark.row("C074")
def test_a_cancellation_in_writing_gives_the_reasons_and_what_is_open(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        pay(store, Payment(account.id, yuan("50"), date(2026, 11, 1)))
        store.cases.save(replace(store.cases.get(case.id), submitted_on=date(2026, 11, 15)))
    text = text_of(made(store, case, LetterKind.CANCELLATION, today, "I do not use it."))

    for said in (
        "To: JD Finance",
        "Subject: Cancellation of My Baitiao",
        "I ask you to cancel My Baitiao for good.",
        "[Why you write instead of doing it online: what the app or the website says.]",
        "The reason: I do not use it.",
        # 1,000 + 12.34 + 2 × 302 − 50
        "By my own record of 22 November 2026, CN¥1,566.34 is open on My Baitiao.",
        "My last payment was CN¥50.00 on 1 November 2026.",
        "I asked you for this before, on 15 November 2026.",
        "If any of these is still linked to it, please end that link too: Co-branded card;",
        "Enclosed: [the proof that the lender asks for; cover every number that it does not need]",
    ):
        assert said in text
    without = text_of(made(store, case, LetterKind.CANCELLATION, today))
    assert "The reason: [why you want to cancel it, in one or two sentences]" in without


@pytest.mark.row("C058")
@pytest.mark.parametrize(
    ("to", "line"),
    [
        (Addressee.LENDER, "To: JD Finance"),
        (
            Addressee.REGISTER,
            "To: Credit Reference Center of the People’s Bank of China (中国人民银行征信中心)",
        ),
    ],
)
def test_an_objection_goes_to_the_lender_or_the_centre_and_asks_for_an_answer_within_20_days(
    store: Store, case: Case, today: date, to: Addressee, line: str
) -> None:
    text = text_of(made(store, case, LetterKind.DISPUTE, today, "I paid in time.", to))

    assert line in text.split("\n")
    assert "By article 25 of the Regulation on the credit reporting industry (征信业管理条例)" in text
    assert "mark the entry as objected to" in text
    assert "within 20 days of receiving this letter" in text
    assert "That is not right: I paid in time." in text
    assert "By my own record CN¥1,012.34 of it is late, since 10 October 2026." in text


def test_an_objection_elsewhere_names_no_chinese_law(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        save_account(store, replace(account, country="FR"))
    text = text_of(made(store, case, LetterKind.DISPUTE, today, to=Addressee.REGISTER))

    assert "To: [name of the credit register]" in text
    assert "征信" not in text
    assert "20 days" not in text
    assert "within the time that the law sets" in text


def test_money_that_is_not_due_is_asked_back_with_its_amount(
    store: Store, account: Account, case: Case, today: date
) -> None:
    none = made(store, case, LetterKind.REFUND, today)
    assert "You hold [the amount] of mine on My Baitiao that is not due." in text_of(none)
    assert [(lack.place, lack.target) for lack in none.lacks] == [("bills", account.id)]

    with store.transaction():
        pay(store, Payment(account.id, yuan("1700"), date(2026, 11, 20)))
    found = made(store, case, LetterKind.REFUND, today)
    # 1,700 − 1,000 − 12.34 − 604
    assert "you hold CN¥83.66 of mine on My Baitiao that is not due." in text_of(found)
    assert found.lacks == ()


@pytest.mark.row("C098")
def test_what_was_agreed_is_confirmed_with_amounts_days_waiver_and_pause(
    store: Store, case: Case, today: date
) -> None:
    agree_on_three(store, case, today)
    lines = text_of(made(store, case, LetterKind.CONFIRMATION, today)).split("\n")

    opening = "On 22 November 2026 Agent 7 agreed with me for you, on the telephone, on the following:"
    start = lines.index(opening)
    assert lines[start + 2 : start + 9] == [
        "– I repay CN¥930.00 in 3 instalments.",
        "– Instalment 1: CN¥310.00 on 10 December 2026",
        "– Instalment 2: CN¥310.00 on 10 January 2027",
        "– Instalment 3: CN¥310.00 on 10 February 2027",
        "– Of that CN¥30.00 is a fee or interest.",
        "– You waive CN¥112.34.",
        "– As long as I keep to it, you do not collect: no calls, no messages, no visits.",
    ]
    assert any("please tell me by 29 November 2026" in line for line in lines)


def test_a_long_agreement_is_confirmed_by_its_first_and_last_instalment(
    store: Store, case: Case, today: date
) -> None:
    terms = Terms(("bill", "charge"), equal_rows(date(2026, 12, 10), 25, yuan("1000")), today)
    with store.transaction():
        agree(store, case.id, "agree", terms, today)
    text = text_of(made(store, case, LetterKind.CONFIRMATION, today))

    assert re.findall(r"Instalment (\d+)", text) == ["1", "25"]


def test_without_an_agreement_it_is_the_closing_that_is_confirmed(
    store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        store.cases.save(replace(store.cases.get(case.id), submitted_on=date(2026, 11, 15)))
    text = text_of(made(store, case, LetterKind.CONFIRMATION, today))

    assert "Subject: Confirmation that My Baitiao is closed" in text
    assert "On 15 November 2026 I asked you to close My Baitiao." in text


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_no_letter_holds_or_asks_for_what_identifies_the_user(
    store: Store, account: Account, case: Case, today: date, kind: LetterKind, language: str
) -> None:
    # One of the linked services is called after a password that it does not ask for.
    card = replace(account, note="ID 110101199003078515, card 6222021234567890123", services=())
    with store.transaction():
        save_account(store, card)
    text = text_of(made(store, case, kind, today), language)

    assert not re.search(r"\d{8,}", text)
    for asked in ("identity number", "password", "身份证号", "验证码", "密码", "mot de passe"):
        assert asked not in text.casefold()


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_speaks_its_own_language_whatever_the_window_speaks(
    store: Store, case: Case, today: date, kind: LetterKind
) -> None:
    letter = made(store, case, kind, today).letter
    english = letter_text(letter, "en", "en_GB")
    i18n.use("fr", "fr_FR")

    assert letter_text(letter, "en", "en_GB") == english
    assert "Madame, Monsieur," in letter_text(letter, "fr")
    assert "2026年11月22日" in letter_text(letter, "zh")
    assert i18n.language() == "fr"


def test_a_letter_of_a_case_can_be_saved_as_pdf(store: Store, case: Case, today: date) -> None:
    agree_on_three(store, case, today)
    letter = made(store, case, LetterKind.CONFIRMATION, today).letter
    pdf = letter_pdf(letter, today, "zh")

    assert pdf.startswith(b"%PDF")
    assert pdf == letter_pdf(letter, today, "zh")


def test_amounts_of_the_worksheet_are_in_the_currency_of_the_account(
    store: Store, account: Account, today: date
) -> None:
    record_budget(store, today)
    amounts: list[Money] = [line.amount.value for line in worksheet_of(store, account.id, today).lines]
    assert {amount.currency for amount in amounts} == {"CNY"}
