(() => {
"use strict";
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const table = $("notes-table"), body = table.tBodies[0], rows = [...body.rows];
const paths = rows.map((row) => row.cells[0].firstChild.textContent.replace(/ $/, ""));
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => values[at]);
for (const each of document.querySelectorAll(".tools")) each.hidden = false;

/* the table */
const value = (row, at) => {
  const text = row.cells[at].textContent;
  return at && at !== 4 ? Number(text) : text;
};
[...table.tHead.rows[0].cells].forEach((cell, at) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = cell.textContent;
  cell.replaceChildren(button);
  button.addEventListener("click", () => {
    const up = cell.getAttribute("aria-sort") ? cell.getAttribute("aria-sort") === "descending" : !at || at === 4;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", up ? "ascending" : "descending");
    const sorted = rows.map((row, index) => [value(row, at), index]);
    sorted.sort(([a, i], [b, j]) => (a < b ? -1 : a > b ? 1 : 0) * (up ? 1 : -1) || i - j);
    body.append(...sorted.map(([, index]) => rows[index]));
  });
});
table.tHead.rows[0].cells[1].setAttribute("aria-sort", "descending");
const filter = $("filter"), bad = $("only-problems"), lost = $("only-unreachable");
const texts = rows.map((row) => row.cells[0].textContent.toLowerCase());
const sift = () => {
  const wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  rows.forEach((row, index) => {
    const keep = wanted.every((word) => texts[index].includes(word)) &&
      !(bad.checked && !value(row, 1)) && !(lost && lost.checked && !row.classList.contains("u"));
    row.hidden = !keep;
    shown += keep;
  });
  $("shown").textContent = fill(data.shown, shown, rows.length);
};
for (const each of [filter, bad, lost]) if (each) each.addEventListener("input", sift);
sift();

/* a tile of the treemap filters the notes in it */
document.querySelectorAll(".map g").forEach((tile) => {
  tile.style.cursor = "pointer";
  tile.addEventListener("click", () => {
    const path = tile.querySelector("title").textContent.split(": ")[0];
    filter.value = texts.some((text) => text.includes(path.toLowerCase())) ? path : "";
    sift();
    $("notes").scrollIntoView();
  });
});
if (!data.out) return;

/* the notes around one, as link_graph.py and drawings.py have them */
const out = data.out.map((steps) => { let at = 0; return steps.map((step) => at += step); });
const back = out.map(() => []);
out.forEach((ends, start) => ends.forEach((end) => back[end].push(start)));
const degree = (at) => out[at].length + back[at].length;
const order = paths.map((_, index) => index).sort((a, b) => paths[a] < paths[b] ? -1 : 1);
const rank = order.reduce((found, index, at) => { found[index] = at; return found; }, []);
const byPath = (a, b) => rank[a] - rank[b];
const around = (note) => {
  const known = new Set([note]);
  const step = (start, links) => {
    const found = new Set();
    for (const at of start) for (const near of links[at]) if (!known.has(near)) found.add(near);
    found.forEach((each) => known.add(each));
    return [...found].sort((a, b) => degree(b) - degree(a) || byPath(a, b));
  };
  const after = step([note], out), before = step([note], back);
  let room = data.most - 1, left = 0;
  const rings = [after, before, step(after, out), step(before, back)].map((ring) => {
    left += Math.max(ring.length - room, 0);
    const kept = ring.slice(0, Math.max(room, 0)).sort(byPath);
    room -= kept.length;
    return kept;
  });
  return { columns: [rings[3], rings[1], [note], rings[0], rings[2]], left };
};
const SVG = "http://www.w3.org/2000/svg";
const element = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, each] of Object.entries(attributes)) made.setAttribute(key, each);
  made.append(...children);
  return made;
};
const COLUMN = 260, ROW = 26, BOX = 200, MARGIN = 24;
const cut = (text, width) => {
  let at = 0, all = "", kept = "";
  for (const char of text) {
    at += char >= "\u1100" ? 14.6 : " !'(),-./:;I[]fijlrt|".includes(char) ? 4.3 : "MWmw@%".includes(char) ? 10.5 : 7.3;
    all += char;
    if (at <= width - 12) kept = all;
    else if (at > width) return kept + "…";
  }
  return text;
};
const way = ([x, y], [u, v]) => {
  const a = x + BOX, b = y + ROW / 2, d = v + ROW / 2, middle = (a + u) >> 1;
  return x < u ? `M${a} ${b}C${middle} ${b} ${middle} ${d} ${u} ${d}`
    : `M${a} ${b}C${a + 40} ${b} ${u + BOX + 40} ${d} ${u + BOX} ${d}`;
};
let scale = 1, size = [0, 0];
const zoom = (by) => {
  scale = Math.min(4, Math.max(0.25, scale * by));
  $("graph").setAttribute("width", size[0] * scale);
  $("graph").setAttribute("height", size[1] * scale);
};
const choose = (note, focus) => {
  const { columns, left } = around(note);
  const height = Math.max(...columns.map((each) => each.length)) * ROW + 2 * MARGIN;
  const width = 4 * COLUMN + BOX + 2 * MARGIN, places = new Map();
  columns.forEach((column, index) => {
    column.forEach((each, row) => places.set(each, [MARGIN + index * COLUMN, MARGIN + row * ROW]));
  });
  const lines = element("g", { class: "l" });
  for (const [start, place] of places)
    for (const end of out[start]) if (places.has(end)) lines.append(element("path", { d: way(place, places.get(end)) }));
  const svg = $("graph");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-label", paths[note]);
  svg.replaceChildren(lines);
  for (const [each, [x, y]] of places) {
    const path = paths[each], parts = path.split("/");
    const text = cut(parts.slice(/^(readme|index)\./i.test(parts.at(-1)) ? -2 : -1).join("/"), BOX - 12);
    const name = path.includes(text) ? path : `${text} ${path}`; // what is read out has what is seen
    const kind = each === note ? "c" : "b";
    const box = element("g", { class: kind, tabindex: 0, role: "button", "aria-label": name },
      element("title", {}, rows[each].cells[0].textContent),
      element("rect", { x, y: y + 2, width: BOX, height: ROW - 6, rx: 4 }),
      element("text", { x: x + 6, y: y + 16 }, text));
    box.addEventListener("click", () => choose(each, true));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(each, true);
    });
    svg.append(box);
  }
  size = [width, height];
  zoom(1);
  $("chosen").textContent = paths[note];
  $("choose").value = paths[note];
  $("left-out").textContent = left ? fill(data.left, left) : "";
  if (focus) svg.querySelector(".c").focus();
};
const input = $("choose"), list = $("choices");
input.addEventListener("input", () => {
  const at = paths.indexOf(input.value);
  if (at >= 0) return choose(at);
  const wanted = input.value.toLowerCase();
  const found = paths.filter((path) => path.toLowerCase().includes(wanted)).slice(0, 40);
  list.replaceChildren(...found.map((path) => {
    const option = document.createElement("option");
    option.value = path;
    return option;
  }));
});
$("larger").addEventListener("click", () => zoom(1.25));
$("smaller").addEventListener("click", () => zoom(0.8));
body.style.cursor = "pointer";
body.addEventListener("click", (event) => {
  const row = event.target.closest("tr");
  if (!row || event.target.closest("a") || String(getSelection())) return;
  choose(rows.indexOf(row));
  $("around").scrollIntoView();
});
choose(data.chosen);
})();
