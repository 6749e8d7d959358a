"""The sections of a note that its translations should have, and how those of two notes align."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.languages import CODE, language_of
from notelint.workspace.note_profile import Section
from notelint.workspace.urls import canonical
from notelint.workspace.workspace import Workspace

_WORD = lazy_regex(r"[A-Za-z][A-Za-z0-9+#]*|\d+(?:\.\d+)*")
_LATIN = "\u024f"  # the last letter of the Latin scripts
_TOP = 3  # lines in which a title stands
_MOST = 300  # sections compared, as their number is squared
_SAME_LEVEL, _SAME_WORDS, _OTHER_WORDS, _SAME_LINK = 12, 16, -16, 4
_ONE_ASIDE = 6
# What two alignments differ by when either may be right, where several sections are missing.
_DOUBT = 2 * _SAME_LINK
_PARALLEL = 0.75  # of the sections have a counterpart, or the notes are no translations
_IN_URL = lazy_regex(rf"/(?:{CODE})(?=/|$)|//(?:{CODE})\.", re.IGNORECASE)
# Sites for readers of one language, and pictures, as of a code to scan.
_NOT_SHARED = lazy_regex(
    r"https://(?:[\w-]+\.)*(?:(?:qq|weixin|zhihu|bilibili|weibo|jianshu|douban|qiita|naver|habr|vk)\.com"
    r"|b23\.tv|weibo\.cn|juejin\.cn|csdn\.net|zenn\.dev|t\.me)(?:/|$)"
    r"|.*\.(?:png|jpe?g|gif|svg|webp)$"
)
_IN_NAME = lazy_regex(rf"[._-](?:{CODE})(?=\.[a-z]+$|$)", re.IGNORECASE)
# Thanks, money, what a note says of itself: sections and pictures that translations may lack.
_ASIDE = lazy_regex(
    r"sponsor|supporters|backers|donat|donaci|funding|patre?on|coffee|support (?:us|me|th)"
    r"|contribut(?:ors|eurs)|contribuidores|colaborador|collaborators|(?<![a-z])thank|acknowledg"
    r"|credits|star[- ]?(?:gazers|history)|showcase|projects using|who(?:['’]?s| is)? us|used by"
    r"|(?<![a-z])adopters|partners|table of content|table des mati|índice|^\W*contents?\W*$"
    r"|^\W*(?:toc|youtube|telegram|discord|slack|twitter|wechat|community|follow us)\W*$"
    r"|^\W*contact(?: us)?\W*$|translat|traduc|übersetz|перевод"
    r"|патрон|спонсор|поддерж|благодарност|содержание|оглавление|agradecimiento|remerciement"
    r"|mitwirkende|danksagung|inhaltsverzeichnis|destek|katkıda|içindekiler|teşekkür"
    r"|赞助|贊助|支持者|捐|打赏|赞赏|鸣谢|致谢|感谢|感謝|贡献者|貢獻者|友情链接|交流群|微信|公众号"
    r"|加入.{0,20}(?:社区|社群)|社区交流|交流社区|join (?:us|(?:our|the) .{0,30}community)"
    r"|目录|目錄|翻译|翻譯|译者|譯者|スポンサー|支援|謝辞|貢献者|コントリビューター|目次|翻訳|후원|기여자"
    r"|감사|목차|번역",
    re.IGNORECASE,
)
_BADGE = lazy_regex(
    r"shields\.io|badge|badgen|contrib\.rocks|star-?history|codecov|travis-ci|trendshift|visitor"
    r"|opencollective|avatars?\b|sponsor",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """A section without its subsections; ``level`` counts from 0 among those of the note.

    ``words`` are those in Latin letters; ``mixed``: there are others. ``title``: it may be one, as
    it is the first, at the top. ``aside``: translations may lack it.
    """

    level: int
    text: str
    line: int
    span: Span
    words: frozenset[str]
    mixed: bool
    title: bool
    links: frozenset[str]
    linked: int
    lines: int
    pictures: int
    codes: int
    aside: bool


class Alignment(NamedTuple):
    """The sections of two notes that correspond: pairs of numbers, in order.

    ``sure`` are those sections without counterpart for which no other could be missing.
    """

    pairs: list[tuple[int, int]]
    sure: tuple[frozenset[int], frozenset[int]]


def comparable_sections(facts: FileFacts, workspace: Workspace) -> list[Part]:
    """The sections of a note with a heading, without its title."""
    about = facts.profile
    sections = [each for each in about.sections if each[1]]
    first = min((each[0] for each in sections), default=0)
    if sum(each[0] == first for each in sections) == 1 and sections[0][0] == first:
        sections = sections[1:]  # the title, which may be a picture in the other note
    levels = sorted({each[0] for each in sections})
    starts = [each[2] for each in sections]
    links: list[list[str]] = [[] for _ in sections]
    pictures, codes = [0] * len(sections), [0] * len(sections)
    for link in facts.links:
        at = bisect_right(starts, link.line) - 1
        if at < 0:
            continue
        if link.image:
            pictures[at] += _BADGE.search(link.destination) is None
        elif not link.badge and (key := _key(link, facts.path, workspace)):
            links[at].append(key)
    ends = [*starts[1:], facts.lines + 1]
    for line in about.codes:
        at = bisect_right(starts, line) - 1
        if at >= 0:
            codes[at] += 1
    asides = list(_asides(sections))
    return [
        Part(
            levels.index(level), text, line, Span(start, end),
            frozenset(each.casefold() for each in _WORD.findall(text)),
            any(char > _LATIN and char.isalpha() for char in text),
            not at and line < _TOP,
            frozenset(links[at]), len(links[at]), ends[at] - line, pictures[at], codes[at],
            asides[at],
        )
        for at, (level, text, line, start, end) in enumerate(sections)
    ]  # fmt: skip


def _asides(sections: Sequence[Section]) -> Iterator[bool]:
    """For each section, whether it is an aside, or is in one."""
    within = 0
    for level, text, *_ in sections:
        if not within or level <= within:
            within = level if _ASIDE.search(text) else 0
        yield within > 0


def _key(link: LinkFact, path: str, workspace: Workspace) -> str:
    """A key of the target of *link*, whatever its language; empty if it is not compared."""
    if link.kind in ("reference", "definition") and link.destination[:1] == "#":
        return ""
    found = workspace.resolve(link.destination, path)
    if found.kind == "external":
        url = canonical(link.destination)
        if not url or _NOT_SHARED.match(url):
            return ""
        return _IN_URL.sub("", url.removeprefix("https:"))
    if found.kind != "local" or not found.path:
        return ""
    folder, name = posixpath.split(found.path)
    folders = [each for each in folder.split("/") if each and not language_of(f"{each}/x")]
    return "/".join([*folders, _IN_NAME.sub("", name)])


def align(one: Sequence[Part], other: Sequence[Part]) -> Alignment | None:
    """The sections of *one* that are those of *other*; None where the notes are not parallel."""
    if not 2 < len(one) <= _MOST or not 2 < len(other) <= _MOST:
        return None
    scores = [[_score(a, b) for b in other] for a in one]
    ahead = _best(scores, len(one), len(other))
    behind = _best([row[::-1] for row in scores[::-1]], len(one), len(other))
    total = ahead[-1][-1]
    pairs: list[tuple[int, int]] = []
    i, j = len(one), len(other)
    while i and j:
        if ahead[i][j] == ahead[i - 1][j - 1] + scores[i - 1][j - 1] and scores[i - 1][j - 1] > 0:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif ahead[i][j] == ahead[i - 1][j]:
            i -= 1
        else:
            j -= 1
    pairs.reverse()
    if len(pairs) < _PARALLEL * max(len(one), len(other)):
        return None

    def through(a: int, b: int) -> bool:
        """Whether an alignment about as good has the two sections as a pair."""
        rest = behind[len(one) - a - 1][len(other) - b - 1]
        return scores[a][b] > 0 and ahead[a][b] + scores[a][b] + rest >= total - doubt

    left, right = {a for a, _ in pairs}, {b for _, b in pairs}
    doubt = _DOUBT if max(len(one), len(other)) > len(pairs) + 1 else 0
    sure = (
        frozenset(a for a in range(len(one))
                  if a not in left and not any(through(a, b) for b in range(len(other)))),
        frozenset(b for b in range(len(other))
                  if b not in right and not any(through(a, b) for a in range(len(one)))),
    )  # fmt: skip
    return Alignment(pairs, sure)


def _best(scores: Sequence[Sequence[int]], rows: int, columns: int) -> list[list[int]]:
    """The best sum of *scores* of pairs in order, of the first sections of each note."""
    table = [[0] * (columns + 1)]
    for i in range(rows):
        above, row = table[-1], [0]
        for j in range(columns):
            row.append(max(above[j + 1], row[j], above[j] + scores[i][j]))
        table.append(row)
    return table


def _score(one: Part, other: Part) -> int:
    """A score for two sections being the same; at most 0 if they are not."""
    score = _SAME_LEVEL if one.level == other.level else -_SAME_LEVEL // 2
    if one.words and other.words:
        if one.words & other.words:
            score += _SAME_WORDS
        elif one.mixed or other.mixed:  # a name that is kept in another script
            score += _OTHER_WORDS
    if one.aside != other.aside:  # one may be called so in words that are not known
        score -= _ONE_ASIDE
    if shared := one.links & other.links:
        score += _SAME_LINK * min(len(shared), 3)
    score += _SAME_LINK * (one.codes == other.codes > 0)
    score += _SAME_LINK * (one.pictures == other.pictures > 0)
    if score > 0:  # of two that may be meant, the one of about the same length
        score += 3 * min(one.lines, other.lines) // max(one.lines, other.lines)
        score += one.linked == other.linked
    return score
