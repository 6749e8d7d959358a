"""Names and codes of languages, as in links between translations."""

from __future__ import annotations

import re

from notelint.text.startup import lazy_regex

_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr ga gl gu he hi hr hu hy "
    "id is it ja jp ka kk km kn ko kr lt lv mk ml mn mr ms my nb ne nl no pa pl ps pt ro ru si sk "
    "sl sq sr sv sw ta te th tl tr tw ua uk ur uz vi zh cn chs cht hans hant "
    "ptbr zhcn zhtw zhhk zhhans zhhant"
)
_REGION = r"[a-z]{2,4}"
CODE = rf"(?:{_CODES.replace(' ', '|')})(?:[-_]{_REGION}){{0,2}}"
_NAMES = (
    "english|chinese|simplified chinese|traditional chinese|japanese|korean|german|french|spanish"
    "|portuguese|brazilian portuguese|russian|italian|turkish|vietnamese|indonesian|persian|farsi"
    "|arabic|hindi|polish|dutch|ukrainian|thai|hebrew|greek|czech|hungarian|romanian|swedish"
    "|danish|norwegian|finnish|bengali|bangla|urdu|tamil|malay|bulgarian|serbian|croatian|slovak"
    "|catalan|basque|uzbek|kazakh|azerbaijani|georgian|filipino|nepali|burmese|mongolian"
    "|mandarin|英文|英语|英語|中文|简体中文|簡體中文|繁體中文|繁体中文|简体|繁體|繁体|简中|繁中|汉语|漢語|正體中文|日文|日语|日本語|日本语|韩文|韩语|한국어"
    "|영어|영문|中国語|英語版|deutsch|français|francais|español|espanol|português|portugues"
    "|português brasileiro|italiano|русский|українська|türkçe|turkce|tiếng việt|bahasa indonesia"
    "|bahasa melayu|فارسی|العربية|عربي|עברית|हिन्दी|हिंदी|বাংলা|ไทย|polski|nederlands|ελληνικά"
    "|čeština|magyar"
    "|română|svenska|dansk|norsk|suomi|български|srpski|hrvatski|slovenčina|català|euskara"
    "|o'zbek|қазақша|ქართული|беларуская"
)
_AROUND = (
    r"readme|docs?|documentation|document|version|read(?: (?:this|it))?(?: in)?|in|translation|the"
    r"|文档|文件|版本?|说明|介绍|自述|版|ver"
)
_LANGUAGE = lazy_regex(
    rf"(?:(?:{_AROUND})[ ._:-]*){{0,4}}(?:{_NAMES}|{CODE})"
    rf"(?:[ ._/-]*(?:{_NAMES}|{CODE}))?(?:[ ._-]*(?:{_AROUND}|md)){{0,3}}",
    re.IGNORECASE,
)
_BRACKETS = lazy_regex(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
_ENGLISH = lazy_regex(
    r"(?<![a-z])(?:en|eng|english)(?![a-z])|英文|英语|英語|영어|영문", re.IGNORECASE
)
_MAX_CHARACTERS = 50  # of such a text
# In a path: `README.zh-CN.md`, `README_zh.md`, `docs/zh/`, `README-en.md`.
_IN_NAME = lazy_regex(
    rf"[._-]({CODE}|{_NAMES.replace(' ', '[-_ ]')}|[a-z]+-portuguese|[a-z]+-chinese)\Z",
    re.IGNORECASE,
)
_WHOLE = lazy_regex(rf"{CODE}|{_NAMES.replace(' ', '[-_ ]')}", re.IGNORECASE)


def is_language(text: str) -> bool:
    """Whether *text* is only the name or code of a language, such as `简体中文` or `en`."""
    text = text.strip()
    if not text or len(text) > _MAX_CHARACTERS:
        return False
    for each in (text, _BRACKETS.sub("", text)):
        letters = [at for at, char in enumerate(each) if char.isalnum()]
        inner = each[letters[0] : letters[-1] + 1] if letters else ""
        if _LANGUAGE.fullmatch(" ".join(inner.split())):
            return True
    return False


def is_english(language: str) -> bool:
    """Whether *language*, from a path or the text of a link, is English."""
    return _ENGLISH.search(language) is not None


def language_of(path: str) -> str:
    """The language in the name of the note at *path*, or of a folder around it; else empty."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0] or name
    if (found := _IN_NAME.search(stem)) or (found := _WHOLE.fullmatch(stem)):
        return found[0].strip("._-").lower()
    return next((each.lower() for each in reversed(folders) if _WHOLE.fullmatch(each)), "")
