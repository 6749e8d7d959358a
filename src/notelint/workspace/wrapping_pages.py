"""Pages between a reader and another site, which show a warning or count clicks."""

from __future__ import annotations

_DOMAINS = "com cn ca de fr it es nl pl ru co.jp co.in co.kr co.uk com.au com.br com.hk com.tw"

GOOGLE = tuple(f"google.{each}" for each in _DOMAINS.split())
# What Google adds behind the address on its page.
OF_GOOGLE = (
    *("sa", "sntz", "source", "ust", "usg", "ved", "cd", "rct", "esrc", "cad", "uact", "sqi"),
    "opi",
)

# Hosts, and the paths of such pages on them, each with the parameter that holds the address.
WRAPPING: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("link.zhihu.com", "link.juejin.cn", "link.csdn.net"), ("/?target",)),
    (("links.jianshu.com",), ("/go?to",)),
    (("link.jianshu.com",), ("/?t",)),
    (("jianshu.com",), ("/go-wild?url",)),
    (("gitee.com", "sspai.com", "xie.infoq.cn", "infoq.cn"), ("/link?target",)),
    (("leetcode.cn", "leetcode-cn.com"), ("/link?target",)),
    (("oschina.net",), ("/action/GoToLink?url",)),
    (("ld246.com", "hacpai.com"), ("/forward?goto",)),
    (("hd.nowcoder.com",), ("/link.html?target",)),
    (
        ("cloud.tencent.com",),
        ("/developer/tools/blog-entry?target", "/developer/article/redirect?url"),
    ),
    (("c.pc.qq.com",), ("/middlem.html?pfurl", "/index.html?pfurl")),
    (("douban.com",), ("/link2?url",)),
    (("weibo.cn", "t.cn"), ("/sinaurl?u", "/sinaurl?url")),
    (GOOGLE, ("/url?q", "/url?url")),
    (("l.facebook.com", "lm.facebook.com", "facebook.com"), ("/l.php?u",)),
    (("l.instagram.com",), ("/?u",)),
    (("youtube.com",), ("/redirect?q",)),
    (("out.reddit.com",), ("/?url",)),
    (("vk.com",), ("/away.php?to",)),
    (("steamcommunity.com",), ("/linkfilter?url", "/linkfilter?u")),
    (("linkedin.com",), ("/redir/redirect?url", "/safety/go?url")),
    (("slack-redir.net",), ("/link?url",)),
    (("t.umblr.com",), ("/redirect?z",)),
    (("duckduckgo.com",), ("/l?uddg",)),
    (("exit.sc",), ("/?url",)),
    (("*.safelinks.protection.outlook.com",), ("/?url",)),
)
