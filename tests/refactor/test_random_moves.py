"""Random trees and random moves: every link leads where it led, and back again all is as before."""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.refactor.moves import Moves
from notelint.refactor.notes import Notes
from notelint.refactor.plan import plan
from notelint.refactor.proving import RefactorPlan
from notelint.text.source import Source
from refactor.tracing import followed, traced

_FOLDERS = ["", "d", "d/e", "f", "my d", "图"]
_NAMES = ["a.md", "b.md", "my b.md", "b_c.md", "x(1).md", "注意.md", "a&b.md", "README.md", "p.png"]
_HEADINGS = "# T\n\n## One\n\ntext\n\n## One\n\n"


def _written(draw: st.DrawFn, note: str, target: str, *, usual: bool) -> str:
    """A link from *note* to *target*, in one of the ways in which people write one.

    With *usual* ones only, each character is written as notelint itself would.
    """
    relative = posixpath.relpath(target, posixpath.dirname(note) or ".")
    prefix = draw(st.sampled_from(["", "", "./"])) if relative[:1] != "." else ""
    path = draw(st.sampled_from([f"{prefix}{relative}", f"/{target}"]))
    fragment = ""
    if target.endswith(".md"):
        fragment = draw(st.sampled_from(["", "#one", "#one-1", "?plain=1#L3"]))
    coded = quote(path, safe="/()&_")
    wide = "".join(each if not each.isascii() else quote(each, safe="/()&_") for each in path)
    plain = (wide if usual else draw(st.sampled_from([coded, wide]))) + fragment
    entity = wide if usual else coded.replace("&", "&amp;")
    entity += fragment
    return draw(
        st.sampled_from(
            [
                f"[x]({plain})",
                f'[x]({plain} "title")',
                f"![x](<{path}{fragment}>)",
                f"[x]({plain})" if not usual else f"[x](<{path}{fragment}>)",
                f"\n\n| a |\n| --- |\n| [x]({plain}) |\n\n",
                f"\n\n> - [x]({plain})\n\n",
                f'<a href="{entity}">x</a>',
                f"<img alt='' src='{entity}'>",
                f"<img src={entity}>",
                f'<img srcset="{entity} 1x, {entity} 2x">',
                f"\n\n[r{abs(hash(plain))}]: {plain}\n\n",
                f"`[x]({plain})`",
            ]
        )
    )


@st.composite
def trees(draw: st.DrawFn, *, usual: bool = False) -> dict[str, str]:
    """Notes and pictures that link each other."""
    paths = draw(
        st.lists(
            st.builds(posixpath.join, st.sampled_from(_FOLDERS), st.sampled_from(_NAMES)),
            min_size=2,
            max_size=7,
            unique=True,
        )
    )
    tree = dict.fromkeys(paths, "")
    for path in paths:
        if path.endswith(".md"):
            targets = draw(st.lists(st.sampled_from(paths), max_size=5))
            links = [_written(draw, path, each, usual=usual) for each in targets]
            tree[path] = _HEADINGS + draw(st.sampled_from([" ", "\n", "\n\n"])).join(links)
    return tree


@st.composite
def moved(draw: st.DrawFn, tree: dict[str, str]) -> list[tuple[str, str]]:
    """Moves of files and folders of *tree*, to places where nothing is."""
    files = sorted(tree)
    folders = sorted({posixpath.dirname(each) for each in files} - {""})
    pairs: list[tuple[str, str]] = []
    for old in draw(st.lists(st.sampled_from(files + folders), min_size=1, max_size=3)):
        inside = st.sampled_from([*_FOLDERS, "new", "new/er"])
        name = posixpath.basename(old)
        folder = draw(inside)
        if old in tree and draw(st.booleans()):
            name = draw(st.sampled_from(_NAMES[:-1] if old.endswith(".md") else ["q.png"]))
        pairs.append((old, posixpath.join(folder, name)))
    return [] if _is_impossible(tree, pairs) else pairs


def _is_impossible(tree: dict[str, str], pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether no file system allows *pairs*, or what they leave is not clear."""
    names = [*(old for old, _ in pairs), *(new for _, new in pairs)]
    apart = all(
        one != other and not other.startswith(f"{one}/")
        for at, one in enumerate(names)
        for number, other in enumerate(names)
        if at != number
    )
    there = {*tree, *(posixpath.dirname(each) for each in tree)}
    return not apart or any(
        new in there or any(each.startswith(f"{new}/") for each in tree) for _, new in pairs
    )


def on_disk(root: Path, tree: dict[str, str]) -> Notes:
    """*tree* written below *root*."""
    for path, text in tree.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return Notes(str(root))


def applied(tree: dict[str, str], made: RefactorPlan) -> dict[str, str]:
    """*tree* after the plan *made*."""
    moves = Moves(made.moves)
    return {
        moves.new(path): made.after(path).text if path in made.edits else text
        for path, text in tree.items()
    }


def planned(tree: dict[str, str], pairs: Sequence[tuple[str, str]]) -> RefactorPlan:
    """The plan of moving *pairs* in *tree*."""
    with tempfile.TemporaryDirectory() as folder:
        return plan(on_disk(Path(folder), tree), pairs)


@settings(max_examples=60)
@given(st.data())
def test_every_link_leads_where_it_led(data: st.DataObject) -> None:
    tree = data.draw(trees())
    pairs = data.draw(moved(tree))
    there = planned(tree, pairs)
    after = applied(tree, there)
    assert traced(after) == followed(traced(tree), Moves(pairs).new)
    for path, edits in there.edits.items():
        for edit in edits:
            assert "\n" not in Source(tree[path]).text[slice(*edit.span)]


@settings(max_examples=60)
@given(st.data())
def test_there_and_back_again_gives_the_same_bytes(data: st.DataObject) -> None:
    tree = data.draw(trees(usual=True))
    pairs = data.draw(moved(tree))
    after = applied(tree, planned(tree, pairs))
    back = [(new, old) for old, new in pairs]
    assert applied(after, planned(after, back)) == tree
