"""What a long piece of work in another thread and the window say to each other."""

from __future__ import annotations

from collections.abc import Callable


class Talk:
    """What a long piece of work and the window say to each other while it runs.

    Attributes:
        is_unwanted: Nobody waits for the answer any more: the work should end as soon as it can.
        has_enough: What was found so far is enough: the work should end with it.
    """

    def __init__(self, say: Callable[[object], None]) -> None:
        """Take what passes news on to the thread of the windows."""
        self._say = say
        self.is_unwanted = self.has_enough = False

    @property
    def should_end(self) -> bool:
        """Whether the work should end, with what it has or without."""
        return self.is_unwanted or self.has_enough

    def tell(self, news: object) -> None:
        """Say how far the work is; of what is said in quick succession only the last may be heard."""
        if not self.is_unwanted:
            self._say(news)
