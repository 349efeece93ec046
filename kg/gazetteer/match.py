"""Finding any of many names in a text."""

from __future__ import annotations

from collections.abc import Mapping


class Matcher:
    """Finds the names of `tags` (two characters or more) and gives the tag of each.

    Parameters
    ----------
    tags
        ``{name: tag}``.
    """

    def __init__(self, tags: Mapping[str, str]) -> None:
        self._tags = tags
        self._begins = frozenset(name[:2] for name in tags)
        self._longest = max(map(len, tags), default=0)

    def __call__(self, text: str) -> list[tuple[int, int, str]]:
        """Return ``(start, end, tag)`` of the names in `text`, longest first at each place, never overlapping."""
        found, i = [], 0
        while i < len(text) - 1:
            step = 1
            if text[i : i + 2] in self._begins:
                for end in range(min(len(text), i + self._longest), i + 1, -1):
                    tag = self._tags.get(text[i:end])
                    if tag is not None:
                        found.append((i, end, tag))
                        step = end - i
                        break
            i += step
        return found
