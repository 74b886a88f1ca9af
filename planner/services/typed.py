"""What the user types, before it is kept: identity numbers, card numbers, codes and passwords are not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    V = TypeVar("V", bound=DataclassInstance)


def fit_to_keep(value: V, *fields: str) -> V:
    """A value without what is never kept, in the texts that the user types.

    Args:
        value: What is about to be kept.
        fields: Its texts.
    """
    texts = {field: getattr(value, field) for field in fields}
    if not any(_may_hold_one(text) for text in texts.values()):
        return value
    from planner.domain.kept_out import cleared  # noqa: PLC0415 - its patterns; most texts need none of them

    kept = {field: cleared(text).text for field, text in texts.items()}
    return replace(value, **kept) if kept != texts else value


def _may_hold_one(text: str) -> bool:
    """Whether a text holds anything that could be a number, a code or a password."""
    return any(letter.isdigit() for letter in text) or any(word in text.casefold() for word in _PASSWORDS)


_PASSWORDS = ("pass", "密码", "口令")
