// Bundles the extension into dist/, with the licences of what is bundled.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  external: ["vscode"],
  metafile: true,
});
const bundled = Object.keys(metafile.inputs).map(
  (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0],
);
const notices = [...new Set(bundled.filter(Boolean))].sort().map((folder) => {
  const licence = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const { name, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(path.join(folder, licence), "utf8").trim()}\n`;
});
writeFileSync("dist/NOTICES.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
