"""Effects of fixes by which a page shows what was meant within a line; see ``effects``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence

from notelint.markdown.outline import Outline
from notelint.rules.effects import Effect, Text, is_part, may_gain_one_each, may_lose, not_compared
from notelint.rules.shared.html_names import KNOWN


class ChangesEmphasis(Effect, ABC):
    """Markers of emphasis take effect, or stop doing so; all else that is shown stays."""

    @abstractmethod
    def shown(self, text: str) -> str:
        """The characters of *text* that may not change."""

    def words(self, before: str, after: str, fixes: int) -> bool:
        return self.shown(before) == self.shown(after)

    def texts(self, before: Sequence[Text], after: Sequence[Text], fixes: int) -> bool:
        was, now = ([(depth, self.shown(text)) for depth, text in each] for each in (before, after))
        return was == now


class Emphasizes(ChangesEmphasis):
    """Text becomes emphasis: its markers go from the page, blanks beside it come or go."""

    def shown(self, text: str) -> str:
        return "".join(char for char in text if char not in "*_" and not char.isspace())

    def words(self, before: str, after: str, fixes: int) -> bool:
        return super().words(before, after, fixes) and len(after) <= len(before)

    def marks(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        was, now = Counter(before), Counter(after)
        same = all(was[kind] == now[kind] for kind in ("s_open", "hardbreak"))
        return same and was.total() <= now.total()


class Unstrikes(ChangesEmphasis):
    """Text is struck through no longer: the tildes around it are shown."""

    def shown(self, text: str) -> str:
        return text.replace("~", "")

    def words(self, before: str, after: str, fixes: int) -> bool:
        return super().words(before, after, fixes) and len(before) <= len(after)

    def marks(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        was, now = Counter(before), Counter(after)
        gone = was - now
        return not now - was and gone.keys() <= {"s_open"} and gone.total() == fixes


class ShowsTags(Effect):
    """Tags of no known element are shown, as code or as text; nothing else comes or goes."""

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and no more is shown than the tags that go."""
        was, now = _counted(before), _counted(after)
        tags = len(before.tags) - len(after.tags)
        more = now - was
        if was - now or more["<"] != tags or more[">"] != tags or (more and not tags):
            return "it would change the words"
        return super().objection(before, after, fixes)

    def tags(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        gone = Counter(before) - Counter(after)
        return is_part(after, before) and KNOWN.isdisjoint(name.lstrip("/") for name in gone)

    words = texts = not_compared
    links = may_lose  # the beginning of an address may have been one
    code = may_gain_one_each

    def ids(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        # `<user name>` has an empty one
        return [*filter(None, before)] == [*filter(None, after)]


def _counted(outline: Outline) -> Counter[str]:
    return Counter("".join((outline.words, *outline.code, *outline.links)))
