"""What newer Pythons have and our oldest one lacks, and what PySide6 does that we can do without."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING

__all__ = ["import_plainly", "keep_none", "override"]

_IMMORTAL_FROM = (3, 12)
_MANY = 1 << 40

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method: object) -> object:
        """Say that a method replaces one of a base class, as ``typing.override`` does from 3.12.

        Type checkers see the real one, and bring it along; at run time it does nothing, so the
        program needs no package for it.
        """
        return method


def keep_none() -> None:
    """Make None, True and False live for ever, as they do from Python 3.12 on (PEP 683).

    PySide6 6.12 relies on that in every Python: each of its methods that returns nothing takes a
    reference to None away without owning it, and each ``emit`` one to True. Python 3.11 counts along,
    and after some hundreds of signals it ends the program with "deallocating True or False".
    """
    if sys.version_info < _IMMORTAL_FROM:
        import ctypes  # noqa: PLC0415 - newer ones need not wait for it

        # The count is the first field of every object of CPython.
        for lasting in (None, True, False):
            ctypes.c_ssize_t.from_address(id(lasting)).value += _MANY


def import_plainly() -> None:
    """Import modules as Python does; to be called once PySide6 is there.

    PySide6 replaces the import by one of its own, which reads the source of every module that comes
    after it, in search of a switch to names_like_this that we do not use: 20 ms of every start.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
