"""Real clients: that of pytest-lsp with what editors are recorded to be able to, and Neovim."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from notelint.server.uris import uri_of

PAGE = Path(__file__).parents[2] / "docs" / "editors.md"
NOTELINT = f"{sys.executable} -m notelint server"


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig([sys.executable, "-m", "notelint", "server"]),
    params=["neovim@v0.7.0", "neovim@v0.11.0", "emacs@v29.1", "visual-studio-code@v1.65.2"],
)
async def client(lsp_client: LanguageClient, request: pytest.FixtureRequest, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A client that is able to what the editor is."""
    (tmp_path / "b.md").write_text("# B\n\n## Usage\n", "utf-8")
    for method in (lsp.CLIENT_REGISTER_CAPABILITY, lsp.WORKSPACE_CODE_LENS_REFRESH):
        lsp_client.feature(method)(lambda params: None)
    root = uri_of(str(tmp_path))
    await lsp_client.initialize_session(
        lsp.InitializeParams(
            capabilities=pytest_lsp.client_capabilities(request.param),
            workspace_folders=[lsp.WorkspaceFolder(root, "notes")],
            root_uri=root,
        )
    )
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_an_editor_at_work(client: LanguageClient, tmp_path: Path) -> None:
    uri = uri_of(str(tmp_path / "a.md"))
    text = "# A 😀\n\n[x](b.md#usage) [y](b.md#usages)\n"
    item = lsp.TextDocumentItem(uri, "markdown", 1, text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    document = lsp.TextDocumentIdentifier(uri)
    able = client.capabilities.text_document if client.capabilities else None
    if able and able.diagnostic:
        report = await client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(document))
        assert isinstance(report, lsp.RelatedFullDocumentDiagnosticReport)
        found = report.items
        assert uri not in client.diagnostics
    else:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        found = client.diagnostics[uri]
    assert [each.code for each in found] == ["broken-anchor"]
    at = lsp.Position(2, 12)
    where = await client.text_document_definition_async(lsp.DefinitionParams(document, at))
    assert isinstance(where, list)
    assert isinstance(where[0], lsp.Location)
    assert where[0].range.start.line == 2
    edit = await client.text_document_rename_async(lsp.RenameParams(document, at, "Three"))
    assert edit
    changes = [*(edit.document_changes or ()), *(edit.changes or ())]
    assert len(changes) == 2
    actions = await client.text_document_code_action_async(
        lsp.CodeActionParams(document, found[0].range, lsp.CodeActionContext(found))
    )
    assert actions
    assert any(each.title.endswith("(unsafe)") for each in actions)


def snippet(editor: str, number: int = 0) -> str:
    """The code for *editor* on the page about editors; of several pieces, that with *number*."""
    section = PAGE.read_text("utf-8").split(f"## {editor}\n")[1].split("\n## ")[0]
    return section.split("```")[2 * number + 1].partition("\n")[2]


def quoted(code: str, words: str) -> str:
    """*code* with the command of this installation for *words*, which start the server there."""
    assert words in code
    return code.replace(words, ", ".join(map(json.dumps, NOTELINT.split())))


def notes_in(folder: Path) -> Path:
    """A folder with two notes that link the heading of one of them."""
    notes = folder / "notes"
    (notes / ".git").mkdir(parents=True)
    (notes / "a.md").write_text("# Old\n\n😀 [x](c.md) [self](#old)\n", "utf-8")
    (notes / "b.md").write_text("[x](a.md#old)\n", "utf-8")
    return notes


def version_of_neovim() -> tuple[int, ...]:
    """The first two numbers of the version; (0, 0) if there is no Neovim."""
    if shutil.which("nvim") is None:
        return 0, 0
    told = subprocess.run(["nvim", "--version"], capture_output=True, text=True, check=True).stdout
    first, second = told.split()[1].lstrip("v").split(".")[:2]
    return int(first), int(second)


_WORK = """
vim.cmd("edit a.md")
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
local told = {}
for _, each in ipairs(vim.diagnostic.get(0)) do
  table.insert(told, {each.code, each.lnum, each.col, each.source})
end
vim.api.nvim_win_set_cursor(0, {1, 3})
vim.lsp.buf.rename("New 😀")
vim.wait(20000, function() return vim.fn.getline(1) ~= "# Old" end, 50)
vim.wait(20000, function() return #vim.diagnostic.get(0) == 1 end, 50)
vim.cmd("silent! wall")
vim.fn.writefile({vim.fn.json_encode(told)}, "told.json")
vim.cmd("qall!")
"""


@pytest.mark.parametrize(("number", "version"), [(0, (0, 7)), (1, (0, 11))])
def test_neovim_with_the_snippet(tmp_path: Path, number: int, version: tuple[int, int]) -> None:
    if version_of_neovim() < version:
        pytest.skip("no Neovim of this version is installed")
    notes = notes_in(tmp_path)
    code = quoted(snippet("Neovim", number), '"notelint", "server"')
    (tmp_path / "init.lua").write_text(code, "utf-8")
    (tmp_path / "work.lua").write_text(_WORK, "utf-8")
    init, work = str(tmp_path / "init.lua"), str(tmp_path / "work.lua")
    run = ["nvim", "--headless", "-n", "-u", init, "-S", work]
    done = subprocess.run(run, cwd=notes, capture_output=True, text=True, timeout=120, check=False)
    assert (notes / "told.json").exists(), done.stderr
    told = json.loads((notes / "told.json").read_text("utf-8"))
    assert told == [["missing-file", 2, len("😀 [x](".encode()), "notelint"]]
    assert (notes / "a.md").read_text("utf-8").startswith("# New 😀\n")
    assert "a.md#old" not in (notes / "b.md").read_text("utf-8")


_WORK_OF_EMACS = """
(require 'package)
(package-initialize)
(unless (and (locate-library "eglot") (locate-library "markdown-mode")) (kill-emacs 7))
(load (expand-file-name "../init.el"))
(require 'eglot)
(fset 'y-or-n-p (lambda (&rest _) t))
(defun wait-for (test)
  (let ((tries 400))
    (while (and (> tries 0) (not (funcall test)))
      (accept-process-output nil 0.05)
      (setq tries (1- tries)))))
(find-file "a.md")
(run-hooks 'post-command-hook)
(wait-for #'eglot-current-server)
(flymake-start)
(wait-for #'flymake-diagnostics)
(let ((found (car (flymake-diagnostics))))
  (with-temp-file "told"
    (insert (flymake-diagnostic-text found) "\n"
            (with-current-buffer "a.md"
              (buffer-substring-no-properties
               (flymake-diagnostic-beg found) (flymake-diagnostic-end found))))))
(goto-char 4)
(eglot-rename "New")
(save-some-buffers t)
"""


@pytest.mark.skipif(shutil.which("emacs") is None, reason="Emacs is not installed")
def test_emacs_with_the_snippet(tmp_path: Path) -> None:
    notes = notes_in(tmp_path)
    code = quoted(snippet("Emacs"), '"notelint" "server"').replace(",", "")  # a list of Lisp
    (tmp_path / "init.el").write_text(code, "utf-8")
    (tmp_path / "work.el").write_text(_WORK_OF_EMACS, "utf-8")
    run = ["emacs", "--batch", "-l", str(tmp_path / "work.el")]
    done = subprocess.run(run, cwd=notes, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode == 7:
        pytest.skip("eglot or markdown-mode is not installed")
    assert (notes / "told").exists(), done.stderr
    told = (notes / "told").read_text("utf-8").splitlines()
    assert told == ["notelint [missing-file]: file `c.md` does not exist", "c.md"]
    assert (notes / "a.md").read_text("utf-8").startswith("# New\n\n😀 [x](c.md) [self](#new)")
    assert (notes / "b.md").read_text("utf-8") == "[x](a.md#new)\n"
