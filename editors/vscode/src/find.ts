/** Finds a notelint that starts: which are tried, and whether one does. No part of the editor is used. */
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

/** A program and the arguments before `server`. */
export interface Notelint {
  readonly command: string;
  readonly args: readonly string[];
}

/** What the search depends on. */
export interface Places {
  /** The setting `notelint.path`; nothing else is tried if it is set. */
  readonly path: string;
  /** The interpreter that is selected in the Python extension. */
  readonly interpreter: string | undefined;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** The variable `PATH`. */
  readonly searched: string;
}

const WINDOWS = process.platform === "win32";
const MODULE = ["-I", "-m", "notelint"]; // isolated: no module of the folder is imported
const PATIENCE = 20_000; // milliseconds that a program may take to answer

/** What is tried, in this order. */
export function candidates(places: Places): Notelint[] {
  if (places.path) {
    return [{ command: expanded(places.path, places.folders[0]), args: [] }];
  }
  const python = WINDOWS ? ["Scripts", "python.exe"] : ["bin", "python"];
  const interpreters = [
    ...(places.interpreter ? [places.interpreter] : []),
    ...places.folders.flatMap((folder) =>
      [".venv", "venv"].map((name) => path.join(folder, name, ...python)),
    ),
  ];
  const programs = places.searched
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder)) // the current folder is nobody's PATH
    .map((folder) => path.join(folder, WINDOWS ? "notelint.exe" : "notelint"));
  return [
    ...[...new Set(interpreters)].filter(isFile).map((command) => ({ command, args: MODULE })),
    ...[...new Set(programs)].filter(isFile).map((command) => ({ command, args: [] })),
  ];
}

/** Why `server` does not start; nothing if it does. */
export function problem({ command, args }: Notelint): Promise<string | undefined> {
  const request = '{"jsonrpc":"2.0","id":1,"method":"shutdown"}';
  return new Promise((resolve) => {
    const server = spawn(command, [...args, "server"], { windowsHide: true });
    const timer = setTimeout(() => server.kill(), PATIENCE);
    const end = (why: string | undefined) => {
      clearTimeout(timer);
      resolve(why);
    };
    let [said, errors] = ["", ""];
    server.stdout.on("data", (data: Buffer) => (said += data.toString()));
    server.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    server.stdin.on("error", () => {}); // it ended before it read
    server.on("error", (error) => end(error.message));
    server.on("close", (status) => {
      const speaks = said.startsWith("Content-Length:");
      end(speaks ? undefined : errors.trim().split("\n").pop() || `exit status ${status}`);
    });
    server.stdin.end(`Content-Length: ${request.length}\r\n\r\n${request}`);
  });
}

/** The first that starts; *tell* hears what is wrong with those before it. */
export async function find(
  places: Places,
  tell: (line: string) => void,
): Promise<Notelint | undefined> {
  for (const each of candidates(places)) {
    const why = await problem(each);
    if (why === undefined) {
      return each;
    }
    tell(`${shown(each)}: ${why}`);
  }
  return undefined;
}

/** As one would type it. */
export function shown({ command, args }: Notelint): string {
  return [command, ...args].join(" ");
}

function expanded(given: string, folder: string | undefined): string {
  const file = given
    .replace(/^~(?=[\\/])/, () => homedir()) // a function: `$` of a path is no pattern
    .replaceAll("${workspaceFolder}", () => folder ?? "");
  return path.resolve(folder ?? homedir(), file);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
