"""What is never kept: identity numbers, whole card numbers, codes and passwords; everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.kept_out import KEPT_OUT_WORDS, Cleared, KeptOut, cleared, kept_out_of

ID, CARD, CODE = KeptOut.IDENTITY, KeptOut.CARD, KeptOut.CODE


@pytest.mark.row("C102")
@pytest.mark.parametrize(
    ("text", "kept", "found"),
    [
        # GB 11643-1999, the example of the standard; the check digit is X.
        ("身份证 11010519491231002X 已核对", "身份证 **** 已核对", ID),
        ("id 110105 19491231 002x", "id ****", ID),
        # 2 55 08 14 168 025 38: the example of INSEE, with its key; in Corsica 2A counts as 19, 2B as 18.
        ("sécu 2 55 08 14 168 025 38.", "sécu ****.", ID),
        ("1 84 07 2A 012 345 63, 184072B01234590", "****, ****", ID),
        ("SSN 123-45-6789", "SSN ****", ID),
        ("NI number QQ 12 34 56 C", "NI number QQ 12 34 56 C", None),  # Q is never the first letter
        ("NI number AB 12 34 56 C", "NI number ****", ID),
        ("港澳 A123456(3)", "港澳 ****", ID),
        ("护照号码：E12345678", "护照号码：****", ID),
        ("passport no. X1234567 seen", "passport no. **** seen", ID),
        # Numbers for tests that payment networks publish: they pass Luhn's check.
        ("card 4111 1111 1111 1111", "card **** 1111", CARD),
        ("卡号6200000000000005，", "卡号**** 0005，", CARD),
        ("3782-822463-10005", "**** 0005", CARD),
        ("the verification code is 482911", "the verification code is ****", CODE),
        ("code de vérification reçu : 4829", "code de vérification reçu : ****", CODE),
        ("您的验证码是 382911，", "您的验证码是 ****，", CODE),
        ("382911是您的验证码", "****是您的验证码", CODE),
        ("382911 is your login code", "**** is your login code", CODE),
        ("PIN 1234", "PIN ****", CODE),
        ("cvv: 123", "cvv: ****", CODE),
        ("password: tea-pot, said twice", "password: ****, said twice", CODE),
        ("mot de passe : soleil", "mot de passe : ****", CODE),
        ("密码：abc123。", "密码：****。", CODE),
    ],
)
def test_what_is_never_kept_is_masked_wherever_it_stands(text: str, kept: str, found: KeptOut | None) -> None:
    assert cleared(text) == Cleared(kept, (found,) if found is not None else ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Called 95118 at 14:30, agent 10086; 3,000.00 by 2026-12-01.",
        "order 302847561238",
        "order 4111111111111112, not a card by its check digit",
        "9111111111111111111, of no network",
        "reference 20261122220014567890123456",
        "110105194912310021 fails the check of an identity number",
        "110105199413310020 has a month that there is not",
        "2 55 08 14 168 025 39 has another key",
        "no verification code came, call 95118",
        "verification code 2026-11-22",
        "password reset by telephone",
        "error code 4012, postal code 75001",
        "card **** 1111, password: ****, PIN ****",
        "验证码没有收到，请拨打95118",
    ],
)
def test_what_only_looks_alike_stays_as_it_was_typed(text: str) -> None:
    assert cleared(text) == Cleared(text)


def test_several_things_are_taken_out_of_one_text_and_named_once_each() -> None:
    text = "4111111111111111, 4111 1111 1111 1111, code sms 1234 and 11010519491231002X"

    assert cleared(text) == Cleared("**** 1111, **** 1111, code sms **** and ****", (ID, CARD, CODE))
    assert kept_out_of(["PIN 1234", "nothing", "PIN 9876"]) == (KEPT_OUT_WORDS[CODE],)
    assert kept_out_of(["nothing"]) == ()


@given(st.text(max_size=60))
def test_a_text_that_was_cleared_once_is_left_alone_from_then_on(text: str) -> None:
    once = cleared(text).text

    assert cleared(once).text == once


@given(st.from_regex(r"\A[3-6][0-9]{14}\Z"))
def test_of_a_whole_card_number_no_more_than_four_digits_stay(start: str) -> None:
    # Luhn's check digit, worked out from the right: every second digit counts twice.
    doubled = [sum(divmod(2 * int(each), 10)) for each in reversed(start)][::2]
    single = [int(each) for each in reversed(start)][1::2]
    number = start + str(-(sum(doubled) + sum(single)) % 10)

    kept = cleared(f"card {number} of mine").text

    # A number may also pass as something else: then nothing of it stays.
    assert kept in {f"card **** {number[-4:]} of mine", "card **** of mine"}
