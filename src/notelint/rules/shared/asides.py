"""The sections and pictures of a note that its translations may lack: thanks, money, badges."""

from __future__ import annotations

import re

from notelint.text.startup import lazy_regex

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


def is_aside(heading: str) -> bool:
    """Whether a section is of who makes, pays for or translates the note, or lists its sections."""
    return _ASIDE.search(heading) is not None


def is_badge(source: str) -> bool:
    """Whether a picture is one that a program draws: a badge, faces, a chart of stars."""
    return _BADGE.search(source) is not None
