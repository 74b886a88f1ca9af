"""Which of the claims on being late hold for an account, by how it bills."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.account import Account
from planner.domain.dates import Mode
from planner.domain.term import LateBase, Term
from planner.domain.terms import Terms


def late_terms(account: Account) -> Terms:
    """The terms of an account that hold for how it bills.

    Where the sources differ on what the late rate is charged on, the one for everything unpaid speaks of
    accounts by orders, the other of bills; on an account by bills only what is late of them is charged.

    Source: yzgs.net/baike/197519.html, 2016-04-10 (order mode); m.cardbaobao.com, 2021-03-17 (bill mode).
    """
    terms = account.terms
    if account.cycle.mode is not Mode.BILL or not terms.late_base.is_range:
        return terms
    kept = [
        claim
        for claim in terms.claims
        if claim.term is not Term.LATE_BASE or claim.text != LateBase.ALL_UNPAID.value
    ]
    return replace(terms, claims=tuple(kept))
