// The search for notelint, and a server that it finds. `notelint[server]` has to be on the PATH.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import rpc from "vscode-jsonrpc/node";

import { candidates, find, problem } from "../dist/find.mjs";

const WINDOWS = process.platform === "win32";
const PYTHON = WINDOWS ? "Scripts/python.exe" : "bin/python";
const PROGRAM = WINDOWS ? "notelint.exe" : "notelint";
const { properties } = JSON.parse(readFileSync("package.json", "utf8")).contributes.configuration;

function folder(...files) {
  const made = mkdtempSync(path.join(tmpdir(), "notelint-"));
  for (const file of files) {
    mkdirSync(path.dirname(path.join(made, file)), { recursive: true });
    writeFileSync(path.join(made, file), "#!/bin/sh\necho not a server\n");
    chmodSync(path.join(made, file), 0o755);
  }
  return made;
}

function places(more) {
  return { path: "", interpreter: undefined, folders: [], searched: process.env.PATH, ...more };
}

test("the interpreter comes first, then environments of the folders, then the PATH", () => {
  const project = folder(`.venv/${PYTHON}`, `venv/${PYTHON}`, "venv/other");
  const other = folder(`venv/${PYTHON}`);
  const bin = folder(PROGRAM, "python");
  const interpreter = path.join(bin, "python");
  const searched = [".", "", bin, bin].join(path.delimiter);
  const found = candidates(places({ interpreter, folders: [project, other], searched }));
  assert.deepEqual(
    found.map((each) => each.command),
    [
      interpreter,
      path.join(project, ".venv", PYTHON),
      path.join(project, "venv", PYTHON),
      path.join(other, "venv", PYTHON),
      path.join(bin, PROGRAM),
    ],
  );
  assert.deepEqual(found[0].args, ["-I", "-m", "notelint"]);
  assert.deepEqual(found[4].args, []);
});

test("nothing else is tried if the path is set", () => {
  const project = folder(`.venv/${PYTHON}`);
  const of = (given, folders = [project]) =>
    candidates(places({ path: given, folders })).map((each) => each.command);
  assert.deepEqual(of("${workspaceFolder}/bin/x"), [path.join(project, "bin/x")]);
  assert.deepEqual(of("bin/x"), [path.join(project, "bin/x")]);
  const odd = path.join(project, "a$$b$&");
  assert.deepEqual(of("${workspaceFolder}/x", [odd]), [path.join(odd, "x")]);
  assert.deepEqual(of("~/x"), [path.join(homedir(), "x")]);
  assert.deepEqual(of("~/x", []), [path.join(homedir(), "x")]);
});

test("what does not start is told, and the next one is taken", { skip: WINDOWS }, async () => {
  const bin = folder("python", "notelint");
  const interpreter = path.join(bin, "python");
  const searched = [bin, process.env.PATH].join(path.delimiter);
  const told = [];
  const found = await find(places({ interpreter, searched }), (line) => told.push(line));
  assert.ok(found && path.dirname(found.command) !== bin, told.join("\n"));
  assert.match(told[0], /python -I -m notelint: exit status 0$/);
  assert.match(told[1], /notelint: exit status 0$/);
  assert.match(await problem({ command: path.join(bin, "none"), args: [] }), /ENOENT/);
  const missing = { path: path.join(bin, "none"), searched };
  assert.equal(await find(places(missing), () => {}), undefined);
});

test("problems arrive, and the server knows every setting", async () => {
  const project = folder();
  const { command, args } = await find(places({ folders: [project] }), console.error);
  const server = spawn(command, [...args, "server"], { cwd: project });
  const client = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin),
  );
  const told = [];
  client.onNotification("window/showMessage", (message) => told.push(message));
  const arrived = new Promise((resolve) => {
    client.onNotification("textDocument/publishDiagnostics", resolve);
  });
  client.listen();
  const names = Object.keys(properties).map((name) => name.replace("notelint.", ""));
  const options = names.filter((name) => name !== "path").map((name) => [name, name !== "hover"]);
  const { capabilities } = await client.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [{ uri: pathToFileURL(project).href, name: "notes" }],
    initializationOptions: Object.fromEntries(options),
  });
  assert.ok(capabilities.completionProvider && !capabilities.hoverProvider);
  await client.sendNotification("initialized", {});
  const uri = pathToFileURL(path.join(project, "a.md")).href;
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "markdown", version: 1, text: "# A\n\n![]()\n" },
  });
  const { diagnostics } = await arrived;
  assert.deepEqual(
    diagnostics.map((each) => [each.source, each.code]),
    [["notelint", "empty-image"]],
  );
  assert.deepEqual(told, []);
  await client.sendRequest("shutdown");
  await client.sendNotification("exit");
  assert.equal(await new Promise((resolve) => server.on("exit", resolve)), 0);
});
