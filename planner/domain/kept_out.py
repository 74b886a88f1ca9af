"""What is never kept, whatever it is typed into: identity numbers, whole card numbers, codes, passwords."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from planner.phrases import Phrase

_MASK = "****"


class KeptOut(StrEnum):
    """What is taken out of a text before it is kept."""

    IDENTITY = "identity"
    CARD = "card"
    CODE = "code"


KEPT_OUT_WORDS = {
    KeptOut.IDENTITY: Phrase("An identity number is not kept here."),
    KeptOut.CARD: Phrase("Of a card number only the last four digits are kept."),
    KeptOut.CODE: Phrase("A code or a password is not kept here."),
}


@dataclass(frozen=True, slots=True)
class Cleared:
    """A text as it may be kept.

    Attributes:
        text: The text, with a mask in place of what is not kept.
        found: What was taken out of it.
    """

    text: str
    found: tuple[KeptOut, ...] = ()


def cleared(text: str) -> Cleared:
    """A text without what is never kept.

    A number that only might be one of these, such as that of an order, stays: cards and identity numbers
    have to pass their own check, codes and passwords have to be named in the words beside them.
    """
    found: set[KeptOut] = set()
    for kind, pattern, is_one in _PATTERNS:

        def mask(match: re.Match[str], kind: KeptOut = kind, is_one: _Check = is_one) -> str:
            secret = match["secret"]
            if not is_one(_bare(secret)):
                return match[0]
            found.add(kind)
            shown = f"{_MASK} {_bare(secret)[-4:]}" if kind is KeptOut.CARD else _MASK
            return match[0].replace(secret, shown)

        text = pattern.sub(mask, text)
    return Cleared(text, tuple(kind for kind in KeptOut if kind in found))


def kept_out_of(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """What will not be kept of some texts, in words; nothing if all of it will."""
    found = {kind for text in texts for kind in cleared(text).found}
    return tuple(KEPT_OUT_WORDS[kind] for kind in KeptOut if kind in found)


_Check = Callable[[str], bool]

# GB 11643-1999: the weights of the first 17 digits, and the last character by the sum of them modulo 11.
_CHINESE_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHINESE_LAST = "10X98765432"
_FRENCH_MODULUS = 97
_LARGEST_DIGIT = 9


def _bare(text: str) -> str:
    """A number without what parts its groups."""
    return re.sub(r"[\s-]", "", text).upper()


def _is_chinese_identity(number: str) -> bool:
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _CHINESE_WEIGHTS, strict=False))
    return _CHINESE_LAST[weighed % len(_CHINESE_LAST)] == number[-1]


def _is_french_identity(number: str) -> bool:
    # INSEE: in Corsica 2A counts as 19 and 2B as 18.
    digits = number[:-2].replace("2A", "19").replace("2B", "18")
    return _FRENCH_MODULUS - int(digits) % _FRENCH_MODULUS == int(number[-2:])


def _is_card(number: str) -> bool:
    """By the check digit of ISO/IEC 7812 (Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - _LARGEST_DIGIT if value > _LARGEST_DIGIT else value
    return total % 10 == 0


def _always(_number: str) -> bool:
    return True


_GAP = r"[ -]?"
_SAYS = r"(?:[\s:：=\"“'(（]|\b(?:is|was|received|est|était|reçu)\b|[是为])*"
_NAMED_CODE = (
    r"(?:(?:verification|security|one-time|confirmation|login|access|sms)\s+code|passcode|otp|pin(?:\s+code)?"
    r"|cv[vc]2?|code\s+(?:de\s+(?:vérification|sécurité|confirmation|connexion)|secret|confidentiel|sms|pin"
    r"|à\s+usage\s+unique)|验证码|校验码|动态码|动态密码|安全码|交易码)"
)
_NAMED_IDENTITY = (
    r"(?:身份证(?:号码?)?|证件号码?|护照(?:号码?)?|(?:identity|id)\s+(?:card\s+)?(?:number|no\.?)"
    r"|passport(?:\s+(?:number|no\.?))?|(?:numéro|n°)\s+(?:de\s+)?(?:carte\s+d[’']identité|passeport"
    r"|sécurité\s+sociale))"
)
_NAMED_KEY = r"(?:password|passphrase|mot\s+de\s+passe|密码|口令)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PATTERNS: tuple[tuple[KeptOut, re.Pattern[str], _Check], ...] = (
    (
        KeptOut.IDENTITY,
        _pattern(
            rf"(?<!\d)(?P<secret>[1-9]\d{{5}}{_GAP}(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
            rf"{_GAP}\d{{3}}[\dX])(?![\dA-Z])"
        ),
        _is_chinese_identity,
    ),
    (
        KeptOut.IDENTITY,
        _pattern(
            rf"(?<!\d)(?P<secret>[12378]{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}(?:\d{{2}}|2[AB])"
            rf"{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}})(?!\d)"
        ),
        _is_french_identity,
    ),
    # Britain's national insurance, America's social security, Hong Kong's identity card: known by their form.
    (
        KeptOut.IDENTITY,
        re.compile(r"\b(?P<secret>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D])\b"),
        _always,
    ),
    (KeptOut.IDENTITY, re.compile(r"(?<![\d-])(?P<secret>\d{3}-\d{2}-\d{4})(?![\d-])"), _always),
    (KeptOut.IDENTITY, re.compile(r"\b(?P<secret>[A-Z]{1,2}\d{6}[(（][\dA][)）])"), _always),
    (
        KeptOut.IDENTITY,
        _pattern(rf"{_NAMED_IDENTITY}{_SAYS}(?P<secret>[A-Z]{{0,3}}\d{{6,18}}X?)(?![\dA-Z])"),
        _always,
    ),
    (
        KeptOut.CARD,
        _pattern(rf"(?<![\d.,])(?P<secret>(?:[3-6]|2[2-7]|81)(?:{_GAP}\d){{12,18}})(?!\d)"),
        _is_card,
    ),
    (KeptOut.CODE, _pattern(rf"{_NAMED_CODE}{_SAYS}(?P<secret>(?<!\d)\d{{3,8}})(?![\d/.-])"), _always),
    (
        KeptOut.CODE,
        _pattern(
            r"(?<![\d.,])(?P<secret>\d{4,8})(?=\s*(?:(?:is|est)\s+(?:your|the|my|votre|mon|le)\b[^.\n]{0,30}\bcode\b"
            r"|(?:是|为)?(?:您|你|我|本次)的?[^\d。]{0,8}(?:验证码|校验码|动态码)))"
        ),
        _always,
    ),
    (
        KeptOut.CODE,
        _pattern(rf"{_NAMED_KEY}\s*(?:is|est|是|为|[:：=])\s*(?P<secret>(?!\*)[^\s。，,;；]+)"),
        _always,
    ),
)
