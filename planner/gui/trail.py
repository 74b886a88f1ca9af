"""The way back: which places were shown before, and which Back came from."""

from __future__ import annotations


class Trail:
    """The places that were shown before this one, as a browser keeps its pages."""

    def __init__(self) -> None:
        """Start without a past."""
        self._behind: list[str] = []
        self._ahead: list[str] = []

    def leave(self, name: str) -> None:
        """Remember a place that is left for another one."""
        self._behind.append(name)
        self._ahead.clear()

    def back(self, now: str) -> str:
        """The place before, coming from one; empty if there is none."""
        return self._step(self._behind, self._ahead, now)

    def forward(self, now: str) -> str:
        """The place that Back came from; empty if there is none."""
        return self._step(self._ahead, self._behind, now)

    def clear(self) -> None:
        """Forget everything: another file is open."""
        self._behind.clear()
        self._ahead.clear()

    @staticmethod
    def _step(source: list[str], target: list[str], now: str) -> str:
        if not source:
            return ""
        target.append(now)
        return source.pop()
