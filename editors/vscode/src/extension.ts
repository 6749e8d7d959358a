/** The extension: starts the language server of notelint, and stops it. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

import { find, type Notelint, type Places, shown } from "./find";

const ID = "notelint";
const NOTHING =
  "No notelint with a language server was found. In a clone of its repository: " +
  "pipx install --force '.[server]'";
let log: vscode.LogOutputChannel;
let client: LanguageClient | undefined;
let turn: Promise<void> = Promise.resolve(); // starting and stopping, one after the other

export function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel(ID, { log: true });
  const command = vscode.commands.registerCommand;
  context.subscriptions.push(
    log,
    command("notelint.restart", restart),
    command("notelint.fixAll", () => act("source.fixAll.notelint")),
    command("notelint.refreshContents", () => act("source.contents.notelint")),
    vscode.workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration(ID) ? restart() : undefined,
    ),
  );
  void followInterpreter(context);
  return restart();
}

export function deactivate(): Promise<void> {
  return (turn = turn.then(stop));
}

function restart(): Promise<void> {
  return (turn = turn.then(stop).then(start).catch(failed));
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose().catch(() => {}); // one that has ended by itself
}

async function start(): Promise<void> {
  const given = await places();
  const wrong: string[] = [];
  const found = await find(given, (line) => wrong.push(line));
  wrong.forEach((line) => log.warn(line));
  if (found === undefined) {
    return missing(given.path ? wrong.join() : NOTHING);
  }
  log.info(`${shown(found)} server`);
  client = new LanguageClient(ID, "notelint", run(found), {
    documentSelector: ["file", "untitled"].map((scheme) => ({ language: "markdown", scheme })),
    initializationOptions: offered(),
    outputChannel: log,
  });
  await client.start();
}

function run({ command, args }: Notelint) {
  return { command, args: [...args, "server"], transport: TransportKind.stdio };
}

/** The settings that the server knows: all but the path. */
function offered(): Record<string, unknown> {
  const { path: _, ...settings } = vscode.workspace.getConfiguration().get(ID, { path: "" });
  return settings;
}

async function places(): Promise<Places> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    path: vscode.workspace.getConfiguration(ID).get("path", "").trim(),
    interpreter: await interpreter(folders[0]?.uri),
    folders: folders.filter((each) => each.uri.scheme === "file").map((each) => each.uri.fsPath),
    searched: process.env.PATH ?? "",
  };
}

// ------------------------------------------------------------------ the Python extension

/** What is used of the API of ms-python.python. */
interface PythonApi {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(
      environment: { path: string },
    ): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
    onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

async function python(): Promise<PythonApi["environments"]> {
  const extension = vscode.extensions.getExtension<PythonApi>("ms-python.python");
  return (await extension?.activate())?.environments;
}

async function interpreter(folder: vscode.Uri | undefined): Promise<string | undefined> {
  try {
    const known = await python();
    const resolved = await known?.resolveEnvironment(known.getActiveEnvironmentPath(folder));
    return resolved?.executable.uri?.fsPath;
  } catch (error) {
    log.warn(`the Python extension: ${error}`);
    return undefined;
  }
}

async function followInterpreter(context: vscode.ExtensionContext): Promise<void> {
  const known = await python().catch(() => undefined);
  if (known) {
    context.subscriptions.push(known.onDidChangeActiveEnvironmentPath(restart));
  }
}

// ------------------------------------------------------------------ what a user sees

/** Apply the source action of this kind to the note. */
async function act(kind: string): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", { kind, apply: "first" });
}

/** Say that there is no server, without waiting for what the user does about it. */
function missing(message: string): void {
  const [settings, details] = ["Open Settings", "Show Log"];
  void vscode.window.showWarningMessage(message, settings, details).then((chosen) => {
    if (chosen === settings) {
      void vscode.commands.executeCommand("workbench.action.openSettings", "notelint.path");
    } else if (chosen === details) {
      log.show();
    }
  });
}

function failed(error: unknown): void {
  log.error(String(error));
  void vscode.window.showErrorMessage(`notelint: the server did not start: ${error}`);
}
