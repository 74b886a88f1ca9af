"""What newer Pythons have in their standard library and our oldest one lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["override"]

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method: object) -> object:
        """Say that a method replaces one of a base class, as ``typing.override`` does from 3.12.

        Type checkers see the real one, and bring it along; at run time it does nothing, so the
        program needs no package for it.
        """
        return method
