import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.domain.account import Product
from planner.domain.business_days import CalendarNotPublishedError
from planner.domain.dates import DaysAfter, FixedDay
from planner.domain.procedures.kinds import LetterKind, Rule, StepKind, Unit
from planner.domain.procedures.published import Procedure, Step
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Reliability, Source
from planner.domain.term import FORMS, EarlyPolicy, FirstPayment, Indemnity, LateBase, Resplit, Term
from planner.paths import resources
from planner.store import catalogue

FILES = [
    path for folder in ("products", "procedures") for path in sorted((resources() / folder).glob("*.toml"))
]
TEXT_FILES = [*FILES, *sorted((resources() / "caps").glob("*.toml"))]
TEXT_KEYS = {"answer", "hint", "label", "lender_text", "name_text", "note", "question", "text", "title"}

# Words that judge, threaten or shout.
SHAMING = (
    r"\bbad(ly)?\b|\byou('ve| have)? failed\b|\byour fault\b|\bblam(e|ed)\b|\bsham(e|ed|eful)\b"
    r"|\bguilt(y)?\b|\blazy\b|\bstupid\b"
    r"|\birresponsible\b|\bcareless\b|\bdeadbeat\b|\bdefaulters?\b|\bdelinquent\b|\bmalicious\b|\bdishonest\b"
    r"|\buntrustworthy\b|\byou should have\b|\bmauvais payeur\b|老赖|恶意|[!！]"
)
CASH_OUT = r"套现|刷白条|二维码收款|\bcash(ed|ing)?[- ]out\b|\bcollection tool\b|\bpay (to )?yourself\b"


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)


def texts_in(value: object, key: str = "") -> Iterator[str]:
    """Every text of a file that the user reads."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, key)
    elif isinstance(value, str) and key in TEXT_KEYS:
        yield value


def product(product_id: str) -> Product:
    found = catalogue.product(product_id)
    assert found is not None
    return found


def procedure(procedure_id: str) -> Procedure:
    found = catalogue.procedure(procedure_id)
    assert found is not None
    return found


@pytest.fixture
def baitiao() -> Product:
    return product("jd-baitiao")


@pytest.fixture
def cancel() -> Procedure:
    return procedure("cancel-jd-baitiao")


def step(of: Procedure, step_id: str) -> Step:
    return next(step for step in of.steps if step.id == step_id)


def sources_of(of: Procedure) -> Iterator[tuple[str, Source]]:
    for each in of.steps:
        yield each.id, each.source
        yield from ((each.id, variant.source) for variant in each.variants)
    yield from ((note.title, note.source) for note in (*of.faq, *of.warnings))


# --- Every sheet and every procedure


def test_every_sheet_and_procedure_is_read_in_the_order_of_the_files() -> None:
    assert [known.id for known in catalogue.products()] == [
        load(path)["id"] for path in FILES if path.parent.name == "products"
    ]
    assert [known.id for known in catalogue.procedures()] == [
        load(path)["id"] for path in FILES if path.parent.name == "procedures"
    ]


def test_ids_are_unique() -> None:
    products = [known.id for known in catalogue.products()]
    procedures = [known.id for known in catalogue.procedures()]

    assert len(set(products)) == len(products)
    assert len(set(procedures)) == len(procedures)
    for known in catalogue.procedures():
        for ids in ([each.id for each in known.steps], [question.id for question in known.questions]):
            assert len(set(ids)) == len(ids), known.id
            assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids), known.id


def test_procedures_name_products_and_answers_that_exist() -> None:
    products = {known.id for known in catalogue.products()}
    for known in catalogue.procedures():
        answers = {question.id: set(question.answers) for question in known.questions}
        assert set(known.products) <= products, known.id
        for each in known.steps:
            for question, wanted in each.answers.items():
                if not question.startswith("record."):
                    assert set(wanted) <= answers[question], f"{known.id}: {each.id}"


def test_a_key_that_the_program_does_not_read_is_a_typing_error() -> None:
    known_keys = {
        "products": {
            "": {"id", "name_text", "lender_text", "country", "currency", "checked", "cycle", "contact"}
            | {"service", "claim", "description"},
            "description": {"text", "source", "checked", "reliability"},
            "contact": {"text", "number", "source"},
            "service": {"text"},
            "claim": {"term", "about", "value", "source", "checked", "reliability"},
        },
    }
    for path in (each for each in FILES if each.parent.name in known_keys):
        table = load(path)
        for name, keys in known_keys[path.parent.name].items():
            found = table.get(name, []) if name else table
            entries = [found] if isinstance(found, dict) else found
            for entry in entries:
                assert set(entry) <= keys, f"{path.name}: {set(entry) - keys}"


def test_every_published_term_says_where_it_comes_from_and_when_somebody_looked() -> None:
    for known in catalogue.products():
        for claim in known.terms.claims:
            assert claim.source.name, f"{known.id}: {claim}"
            assert claim.source.checked is not None, f"{known.id}: {claim}"
            assert claim.source.reliability is not Reliability.CONTRACT, f"{known.id}: {claim}"


@pytest.mark.row("C018")
def test_every_step_answer_and_warning_says_where_it_comes_from_and_when_somebody_looked() -> None:
    for known in catalogue.procedures():
        for where, source in sources_of(known):
            assert source.name, f"{known.id}: {where}"
            assert source.checked is not None, f"{known.id}: {where}"


def test_every_claim_of_every_sheet_is_read_as_its_term_is_written() -> None:
    for known in catalogue.products():
        for claim in known.terms.claims:
            form = FORMS[claim.term]
            assert form.allows(claim.about), f"{known.id}: {claim}"
            form.read(claim.text)
            known.terms.read(claim.term, claim.about)


def test_every_part_and_rate_is_below_one_so_that_no_per_cent_is_taken_for_a_fraction() -> None:
    rates = {
        Term.LATE_RATE,
        Term.CARRY_RATE,
        Term.INTEREST_RATE,
        Term.FEE_RATE,
        Term.PROMOTION,
        Term.DEFERRAL_RATE,
    }
    parts = {
        Term.LATE_FEE,
        Term.LATE_INDEMNITY,
        Term.MINIMUM,
        Term.FEE_WHOLE,
        Term.SPLIT_PART,
        Term.DEFERRAL_FEE,
    }
    for known in catalogue.products():
        for claim in known.terms.of(*rates):
            fraction, _slash, _per = claim.text.partition("/")
            assert f"{Decimal(fraction):f}" == fraction, "as it was written, so no float came between"
            assert 0 <= Decimal(fraction) < Decimal("0.1"), f"{known.id}: {claim}"
        for claim in known.terms.of(*parts):
            assert 0 <= Decimal(claim.text) < 1, f"{known.id}: {claim}"


def test_plans_of_which_sheets_speak_have_more_than_one_instalment() -> None:
    for known in catalogue.products():
        counts = known.terms.counts(Term.FEE_RATE, Term.FEE_WHOLE, Term.PROMOTION, Term.FEE_MOST)
        assert all(count > 1 for count in counts), known.id


@pytest.mark.row("C060")
def test_what_declares_itself_fictitious_has_a_badge_and_is_never_all_there_is() -> None:
    found: list[tuple[str, str]] = []
    for known in catalogue.products():
        for claim in known.terms.claims:
            is_marked = claim.source.reliability is Reliability.FICTITIOUS
            assert is_marked == ("fictitious" in claim.source.name), f"{known.id}: {claim}"
            if is_marked:
                found.append((known.id, claim.term))
                assert not known.terms.read(claim.term, claim.about).is_unknown, "another source says so too"
    for known_procedure in catalogue.procedures():
        for where, source in sources_of(known_procedure):
            if source.reliability is Reliability.FICTITIOUS:
                found.append((known_procedure.id, where))
                assert "fictitious" in source.name

    assert ("jd-baitiao", Term.PROMOTION) in found
    assert ("cancel-jd-baitiao", "write-application") in found


def test_what_is_general_knowledge_says_so_and_counts_as_weak() -> None:
    found = 0
    for known in catalogue.products():
        for claim in known.terms.claims:
            if "general knowledge" in claim.source.name.lower():
                found += 1
                assert claim.source.name.startswith("General knowledge, not verified"), claim
                assert claim.source.reliability is Reliability.LOW, claim

    assert found > 10


# --- Wording


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: path.stem)
def test_no_text_shames_or_shouts(path: Path) -> None:
    for text in texts_in(load(path)):
        assert not re.search(SHAMING, text, re.IGNORECASE), text


@pytest.mark.row("C073")
@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: path.stem)
def test_no_text_says_that_a_part_of_the_limit_is_kept_as_a_penalty(path: Path) -> None:
    for text in texts_in(load(path)):
        assert not re.search(
            r"deduct\w*[^.]*\b(limit|quota)\b|\b(limit|quota)\b[^.]*deduct", text, re.IGNORECASE
        ), text


@pytest.mark.row("C125")
@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: path.stem)
def test_no_text_shows_how_to_turn_credit_into_cash(path: Path) -> None:
    for text in texts_in(load(path)):
        assert not re.search(CASH_OUT, text, re.IGNORECASE), text


def test_texts_are_whole_and_have_no_stray_spaces_or_placeholders() -> None:
    for path in TEXT_FILES:
        for text in texts_in(load(path)):
            assert text == text.strip(), text
            assert "  " not in text, text
            assert not re.search(r"[{}]|%[sd(]", text), text


def test_steps_answers_and_warnings_are_whole_sentences() -> None:
    for known in catalogue.procedures():
        notes = [note.text for note in (*known.faq, *known.warnings)]
        steps = [text for each in known.steps for text in (each.text, *(v.text for v in each.variants))]
        for text in (known.goal, *notes, *steps):
            assert text.lstrip("“")[0].isupper(), text
            assert text.endswith((".", "?", "…")), text


# --- JD Baitiao


@pytest.mark.row("C001", "C019")
def test_baitiao_is_a_product_of_jd_finance_with_its_hotline(baitiao: Product) -> None:
    assert (baitiao.name, baitiao.lender) == ("JD Baitiao", "JD Finance")
    assert (baitiao.country, baitiao.currency) == ("CN", "CNY")
    assert "95118" in {contact.number for contact in baitiao.contacts}
    assert baitiao.revision == date(2026, 11, 22)


def test_the_late_rate_of_baitiao_is_the_range_that_its_sources_span(baitiao: Product) -> None:
    rates = baitiao.terms.late_rate

    assert {claim.value.fraction for claim in rates.claims} == {
        Decimal(text) for text in ("0.0003", "0.0005", "0.00065", "0.0007")
    }
    assert rates.is_range
    assert {claim.value for claim in baitiao.terms.late_base.claims} == set(LateBase)


def test_one_article_that_contradicts_itself_gives_both_its_penalty_rates(baitiao: Product) -> None:
    named = {
        claim.value.fraction
        for claim in baitiao.terms.late_rate.claims
        if "JD.COM's IOUs" in claim.source.name
    }

    assert named == {Decimal("0.0003"), Decimal("0.0005")}


def test_baitiao_is_offered_in_3_6_12_and_24_instalments_at_half_to_over_one_per_cent(
    baitiao: Product,
) -> None:
    assert baitiao.terms.counts(Term.FEE_RATE) == (3, 6, 12, 24)
    for count in (3, 6, 12, 24):
        fee = baitiao.terms.fee_rate(count)
        assert fee.lowest().value.fraction == Decimal("0.005")
        assert fee.highest().value.fraction == Decimal("0.012")


def test_the_promotion_of_baitiao_costs_nothing_and_says_which_source_calls_itself_fictitious(
    baitiao: Product,
) -> None:
    promotion = baitiao.terms.promotion(3)

    assert promotion.value is not None
    assert promotion.value.fraction == 0
    assert [claim.source.reliability for claim in promotion.claims] == [
        Reliability.LOW,
        Reliability.FICTITIOUS,
    ]
    assert [claim.source.reliability for claim in promotion.counting] == [Reliability.LOW]


def test_all_four_early_settlement_rules_of_jd_are_kept(baitiao: Product) -> None:
    assert {claim.value for claim in baitiao.terms.early_settlement.claims} == {
        EarlyPolicy.REMAINING_FEES_DUE,
        EarlyPolicy.WAIVE_REMAINING,
        EarlyPolicy.SAME_DAY,
        EarlyPolicy.BILLED_PLUS_NEXT,
    }


def test_what_nobody_publishes_about_baitiao_stays_unknown(baitiao: Product) -> None:
    assert baitiao.terms.grace_days.is_unknown
    assert baitiao.terms.remainder.is_unknown
    assert baitiao.cycle.statement_day is None
    assert baitiao.cycle.due == DaysAfter(9)


def test_the_cycle_of_a_sheet_says_where_it_comes_from_and_when_somebody_looked(baitiao: Product) -> None:
    source = baitiao.cycle_source

    assert source is not None
    assert source.name == "w.sf024.com/info/369482763778504644.html"
    assert (source.checked, source.reliability) == (date(2026, 11, 22), Reliability.LOW)
    assert product("cn-credit-card").cycle_source is None


def test_free_days_of_baitiao_differ_by_source(baitiao: Product) -> None:
    assert {claim.value for claim in baitiao.terms.free_days.claims} == {30, 40}


@pytest.mark.row("C011")
def test_baitiao_knows_what_may_be_linked_to_it(baitiao: Product) -> None:
    assert {"Automatic repayment", "Co-branded card"} <= set(baitiao.services)


# --- The other sheets


def test_huabei_bills_on_the_1st_and_is_due_on_the_10th() -> None:
    huabei = product("huabei")

    assert huabei.cycle.statement_day == 1
    assert huabei.cycle.due == FixedDay(10)
    assert huabei.terms.grace_days.is_unknown


@pytest.mark.parametrize(
    ("count", "total"),
    [(3, "0.025"), (6, "0.045"), (9, "0.065"), (12, "0.088")],
    ids=str,
)
def test_the_fee_of_huabei_is_the_published_one_of_the_whole_plan(count: int, total: str) -> None:
    # 572757.com/education/212.html; the total for 9 is general knowledge.
    terms = product("huabei").terms

    assert terms.whole_fee(count).value == Decimal(total)
    assert terms.fee_rate(count).is_unknown


def test_the_card_charges_interest_on_the_whole_bill_within_the_published_band() -> None:
    card = product("cn-credit-card")

    assert card.terms.late_base.value is LateBase.ALL_UNPAID
    for rate in (card.terms.late_rate, card.terms.carry_rate):
        assert rate.lowest().value.fraction == Decimal("0.00035")
        assert rate.highest().value.fraction == Decimal("0.0005")
    assert card.terms.grace_days.value == 3


@pytest.mark.parametrize(
    ("product_id", "days"), [("meituan", FixedDay(8)), ("douyin", DaysAfter(5)), ("huabei", FixedDay(10))]
)
def test_the_chinese_lenders_bill_as_their_pages_say(product_id: str, days: object) -> None:
    sheet = product(product_id)

    assert (sheet.country, sheet.currency, sheet.cycle.due) == ("CN", "CNY", days)
    assert sheet.cycle_source is not None


def test_douyin_is_kept_with_what_its_pages_contradict_each_other_about() -> None:
    terms = product("douyin").terms

    assert terms.late_rate.lowest().value.fraction == Decimal("0.0005")
    assert terms.late_rate.highest().value.fraction == Decimal("0.001")
    assert {claim.value for claim in terms.early_settlement.claims} == {
        EarlyPolicy.WAIVE_REMAINING,
        EarlyPolicy.NEXT_PLUS_ONE,
    }
    assert (terms.grace_days.value, terms.grace_cutoff.counting[0].value) == (3, None)
    assert terms.deferral_rate.value == Rate(Decimal("0.00035"), Per.DAY)
    assert [terms.whole_fee(n).lowest().value for n in (3, 6, 12)] == [
        Decimal("0.015"),
        Decimal("0.03"),
        Decimal("0.06"),
    ]


def test_french_payment_in_parts_is_paid_at_once_for_the_first_part() -> None:
    for product_id in ("alma", "klarna-fr", "paypal-4x", "bnpl"):
        sheet = product(product_id)
        assert (sheet.country, sheet.currency) == ("FR", "EUR")
        assert sheet.terms.first_payment.value is FirstPayment.AT_ONCE

    alma, paypal = product("alma").terms, product("paypal-4x").terms
    assert {claim.value for claim in alma.whole_fee(3).claims} == {
        Decimal(text) for text in ("0", "0.0155", "0.0157", "0.0165")
    }
    assert (paypal.fee_most(4).value, paypal.whole_fee(4).highest().value) == (Decimal(20), Decimal("0.021"))


def test_klarna_in_britain_may_charge_5_pounds_twice_at_most_and_a_quarter_of_the_order() -> None:
    terms = product("klarna-uk").terms

    assert terms.late_fee_fixed().value == terms.late_fee_fixed(repeat=True).value == Decimal(5)
    assert (terms.late_fee_most_part.value, terms.late_fee_most_times.value) == (Decimal("0.25"), 2)
    assert terms.grace_days.value == 7


def test_the_indemnities_of_french_credit_are_8_8_and_4_per_cent() -> None:
    # Code de la consommation, art. D312-16 and D312-17.
    terms = product("credit-renouvelable").terms

    assert [terms.late_indemnity(of).value for of in (Indemnity.ACCELERATED, Indemnity.UNPAID)] == [
        Decimal("0.08"),
        Decimal("0.08"),
    ]
    assert terms.late_indemnity(Indemnity.POSTPONED).value == Decimal("0.04")
    assert terms.interest_rate.is_unknown


def test_an_american_card_may_charge_32_dollars_and_43_again() -> None:
    # 12 CFR 1026.52(b); the rule of 8 dollars was vacated on 2025-04-15.
    terms = product("us-credit-card").terms

    assert (terms.late_fee_fixed().value, terms.late_fee_fixed(repeat=True).value) == (
        Decimal(32),
        Decimal(43),
    )
    assert terms.minimum_least.lowest().value == Decimal(25)
    assert terms.minimum_least.highest().value == Decimal(40)


def test_splitting_again_is_disputed_for_baitiao_and_takes_an_agreement_with_a_bank() -> None:
    assert {claim.value for claim in product("jd-baitiao").terms.resplit.claims} == set(Resplit)
    assert product("cn-credit-card").terms.resplit.value is Resplit.AGREEMENT_ONLY


def test_the_blank_sheet_knows_nothing() -> None:
    blank = product("blank")

    assert blank.terms.claims == ()
    assert blank.cycle.statement_day is None
    assert blank.cycle.due is None


# --- Cancelling JD Baitiao

ROWS = {
    "C003": ("log-in", "JD Finance page on a computer"),
    "C004": ("open-baitiao", "我的 (Mine)"),
    "C005": ("find-cancellation", "账户管理 (Account management)"),
    "C006": ("verify-identity", "This program never asks for it"),
    "C007": ("submit-request", "day and time"),
    "C008": ("submit-request", "takes effect at once"),
    "C009": ("wait-for-verification", "1 to 3 business days"),
    "C010": ("settle-everything", "all instalments that remain, fees and penalties"),
    "C011": ("unlink-services", "automatic repayment"),
    "C012": ("read-agreement", "credit score may change"),
    "C014": ("read-agreement", "assesses you anew"),
    "C016": ("look-at-promotions", "instalments without a fee"),
    "C017": ("lock-baitiao", "可用额度 (Available limit) → 设置 (Settings) → 账户安全 (Account security)"),
    "C018": ("find-cancellation", "change from version to version"),
    "C019": ("write-application", "95118"),
    "C072": ("finish-orders", "我的订单 (My orders)"),
    "C074": ("write-application", "written application with your reasons and proof"),
    "C075": ("wait-for-verification", "then releases the limit"),
}


@pytest.mark.parametrize(
    ("step_id", "words"),
    [pytest.param(*proof, marks=pytest.mark.row(row), id=row) for row, proof in ROWS.items()],
)
def test_the_cancelling_procedure_says_what_the_article_states(
    cancel: Procedure, step_id: str, words: str
) -> None:
    assert words in step(cancel, step_id).text


@pytest.mark.row("C002")
@pytest.mark.parametrize(
    ("reason", "own"),
    [
        pytest.param("rate", {"look-at-promotions"}, marks=pytest.mark.row("C016")),
        pytest.param("spending", {"decide-lock", "lock-baitiao"}, marks=pytest.mark.row("C017")),
        ("security", {"freeze-by-phone", "record-freeze", "change-password", "check-purchases"}),
        ("other", set[str]()),
    ],
)
def test_the_procedure_asks_for_the_reason_and_branches_on_it(
    cancel: Procedure, reason: str, own: set[str]
) -> None:
    (question,) = cancel.questions
    common = {each.id for each in cancel.steps if not each.answers}

    assert question.id == "reason"
    assert set(question.answers) == {"rate", "spending", "security", "other"}
    assert {each.id for each in cancel.steps_for({"reason": reason})} == common | own


@pytest.mark.row("C016")
def test_the_branch_for_the_rate_leads_to_the_comparison(cancel: Procedure) -> None:
    look = step(cancel, "look-at-promotions")

    assert (look.kind, look.place) == (StepKind.CHOOSE, "compare")


@pytest.mark.row("C017")
def test_a_lock_is_told_apart_from_cancelling(cancel: Procedure) -> None:
    decide = step(cancel, "decide-lock")

    assert decide.kind is StepKind.CHOOSE
    assert "do not have to be settled first" in decide.text
    assert "visible in your credit report" in decide.text
    assert Rule.OPEN_DUES not in step(cancel, "lock-baitiao").rules


@pytest.mark.row("C005", "C071")
def test_each_other_way_to_cancel_has_its_source_and_date(cancel: Procedure) -> None:
    found = step(cancel, "find-cancellation")
    ways = [found.text, *(variant.text for variant in found.variants)]

    for words in ("账户管理", "更多设置", "客户服务", "95118", "个人中心"):
        assert any(words in way for way in ways), words
    assert all(variant.source.checked == date(2026, 11, 22) for variant in found.variants)
    fictitious = next(variant for variant in found.variants if "个人中心" in variant.text)
    assert "fictitious" in fictitious.source.name
    assert "No other source" in fictitious.text


@pytest.mark.row("C008", "C010", "C011", "C072")
def test_the_request_waits_for_debts_services_and_orders(cancel: Procedure) -> None:
    submit = step(cancel, "submit-request")

    assert submit.kind is StepKind.SUBMIT
    assert set(submit.rules) == {
        Rule.OPEN_DUES,
        Rule.OPEN_REFUNDS,
        Rule.LINKED_SERVICES,
        Rule.AUTOMATIC_DEBIT,
        Rule.UNFINISHED_ORDERS,
    }
    for step_id, kind, rule in (
        ("finish-orders", StepKind.DO, Rule.UNFINISHED_ORDERS),
        ("finish-refunds", StepKind.DO, Rule.OPEN_REFUNDS),
        ("settle-everything", StepKind.SETTLE, Rule.OPEN_DUES),
        ("unlink-services", StepKind.SERVICES, Rule.LINKED_SERVICES),
    ):
        assert step(cancel, step_id).kind is kind
        assert step(cancel, step_id).rules == (rule,)


@pytest.mark.row("C003", "C004", "C005", "C006", "C007", "C012", "C014")
def test_the_steps_come_in_the_order_of_the_article(cancel: Procedure) -> None:
    wanted = [
        "settle-everything",
        "log-in",
        "open-baitiao",
        "find-cancellation",
        "verify-identity",
        "read-agreement",
        "submit-request",
        "wait-for-verification",
        "check-closed",
    ]

    assert [each.id for each in cancel.steps if each.id in wanted] == wanted


@pytest.mark.row("C009", "C075")
def test_the_verification_takes_1_to_3_business_days_or_an_unnamed_time(cancel: Procedure) -> None:
    wait = step(cancel, "wait-for-verification")

    told = [(each.least, each.most, each.unit) for each in cancel.durations_of(wait.duration)]
    assert told == [(1, 3, Unit.BUSINESS_DAYS), (None, None, Unit.BUSINESS_DAYS)]
    assert cancel.calendar == "CN"
    assert (wait.kind, wait.rules) == (StepKind.VERIFY, (Rule.NOT_SUBMITTED,))
    assert "names no number of days" in wait.variants[0].text
    assert set(step(cancel, "check-closed").rules) == {Rule.NOT_SUBMITTED, Rule.WAITING}


@pytest.mark.row("C074")
def test_the_written_application_may_be_passed_over(cancel: Procedure) -> None:
    application = step(cancel, "write-application")

    assert application.optional
    assert application.letter is LetterKind.CANCELLATION


@pytest.mark.row("C012", "C125")
def test_the_warnings_speak_of_the_score_and_of_people_who_ask_for_a_fee(cancel: Procedure) -> None:
    warnings = {note.title: note.text for note in cancel.warnings}

    assert "Your JD credit score may change" in warnings
    helpers = warnings["Nobody has to be paid to cancel or unfreeze Baitiao"]
    assert "code from a text message" in helpers
    assert "break the contract" in helpers


@pytest.mark.row("C009")
def test_a_warning_says_not_to_pay_with_baitiao_meanwhile(cancel: Procedure) -> None:
    assert any("until the lender has finished" in note.text for note in cancel.warnings)


@pytest.mark.row("C013", "C014", "C018")
def test_the_answers_speak_of_unfinished_orders_of_opening_again_and_of_other_menus(
    cancel: Procedure,
) -> None:
    answers = {note.title: note.text for note in cancel.faq}

    assert "try again" in answers["The app says that there are unfinished orders. What can I do?"]
    assert "assesses you" in answers["Can I have Baitiao again later?"]
    assert "the version you have" in answers["My app looks different. Are these steps wrong?"]


@pytest.mark.row("C019")
def test_the_hotline_is_at_hand_while_cancelling(cancel: Procedure) -> None:
    assert [contact.number for contact in cancel.contacts] == ["95118"]


# --- Business days


@pytest.mark.row("C009")
@pytest.mark.parametrize(
    ("start", "earliest", "latest"),
    [
        # 30 Sep is followed by the National Day week; 10 Oct is a Saturday that is worked.
        (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 10)),
        # The Spring Festival lasts from 15 to 23 Feb.
        (date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 26)),
    ],
)
def test_the_verification_ends_on_business_days_of_china(
    cancel: Procedure, start: date, earliest: date, latest: date
) -> None:
    # Derived from the State Council's notice for 2026 (resources/calendars/CN.toml).
    known = cancel.durations[0]
    assert known.least is not None
    assert known.most is not None

    window = catalogue.calendar(cancel.calendar).window(start, known.least, known.most)

    assert (window.low, window.high) == (earliest, latest)


@pytest.mark.row("C009")
def test_a_year_whose_holidays_are_not_published_is_named() -> None:
    with pytest.raises(CalendarNotPublishedError) as refused:
        catalogue.calendar("CN").window(date(2026, 12, 31), 1, 3)

    assert refused.value.values == {"year": "2027"}


def test_a_country_without_a_calendar_knows_no_business_day() -> None:
    with pytest.raises(CalendarNotPublishedError):
        catalogue.calendar("").is_business_day(date(2026, 11, 23))
