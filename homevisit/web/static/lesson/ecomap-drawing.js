// An EcoMap as a drawing: shapes for people and places, lines for ties. It stands alone and needs no style sheet.

import { BOX, frameOf, layout, MIDDLE } from "./ecomap-layout.js";
import { tieLine } from "./ecomap-lines.js";
import { FAMILY, nameOf, personInWords } from "./ecomap-words.js";
import { s } from "./svg.js";

const LINE_UNITS = 13;
const MOST_LINES = 3;
const LINE_HEIGHT = 19;
const CLEAR = 125;
const SHAPES = {
  family: "round",
  friend: "round",
  neighbor: "round",
  coworker: "round",
  group: "six",
  faith: "six",
  service: "square",
  place: "square",
};
const FILLS = { round: "#e8f1ee", six: "#f7efdf", square: "#edf1fa" };
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

function letters(text) {
  if (!Intl.Segmenter) return Array.from(text);
  return Array.from(
    new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text),
    (part) => part.segment,
  );
}

const units = (text) => letters(text).reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);

function pieces(word) {
  const found = [""];
  for (const letter of letters(word)) {
    if (units(found.at(-1) + letter) >= LINE_UNITS) found.push("");
    found[found.length - 1] += letter;
  }
  return found;
}

/** A name on at most three lines; what does not fit ends in "…". */
function nameLines(name) {
  const lines = [""];
  for (const piece of name.split(" ").flatMap(pieces)) {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${piece}` : piece;
    if (units(joined) <= LINE_UNITS) lines[lines.length - 1] = joined;
    else lines.push(piece);
  }
  if (lines.length <= MOST_LINES) return lines;
  const last = letters(lines[MOST_LINES - 1]);
  return [...lines.slice(0, MOST_LINES - 1), `${last.slice(0, LINE_UNITS - 1).join("")}…`];
}

function outline(shape, { width, height }, look) {
  const [right, low] = [width / 2, height / 2];
  if (shape === "six") {
    const points = `${-right} 0 ${-right + 16} ${-low} ${right - 16} ${-low} ${right} 0 ${right - 16} ${low} ${-right + 16} ${low}`;
    return s("polygon", { points, ...look });
  }
  const rx = shape === "round" ? low : 5;
  return s("rect", { x: -right, y: -low, width, height, rx, ...look });
}

function label(text) {
  const lines = nameLines(text);
  const top = 6 - ((lines.length - 1) * LINE_HEIGHT) / 2;
  return lines.map((line, index) => {
    const y = top + index * LINE_HEIGHT;
    const drawn = s("text", { y, "text-anchor": "middle", "font-size": 16.5, fill: "#1f2933" }, line);
    drawn.style.unicodeBidi = "plaintext";
    return drawn;
  });
}

function middle(map) {
  const look = { fill: "#14504d", stroke: "#14504d", "stroke-width": 3 };
  const lines = label(nameOf(map, FAMILY));
  for (const line of lines) {
    line.setAttribute("fill", "#ffffff");
    line.setAttribute("font-weight", 700);
  }
  return [outline("round", MIDDLE, look), lines];
}

function nodeOf(map, person, { x, y }, isSelected) {
  const isFamily = person === FAMILY;
  const shape = isFamily ? "round" : SHAPES[person.kind];
  const box = isFamily ? MIDDLE : BOX;
  const mark = { width: box.width + 12, height: box.height + 12 };
  return s(
    "g",
    { transform: `translate(${x} ${y})`, "data-id": isFamily ? FAMILY : person.id },
    isSelected && outline(shape, mark, { fill: "none", stroke: "#1d4ed8", "stroke-width": 4 }),
    isFamily
      ? middle(map)
      : [
          outline(shape, BOX, { fill: FILLS[shape], stroke: "#52606d", "stroke-width": 2 }),
          label(nameOf(map, person.id)),
        ],
  );
}

/** Ties between two around the family pass the middle at some distance. */
function bowOf(from, to) {
  const half = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const away = Math.hypot(half.x, half.y);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  if (away < 1)
    return { x: (-(to.y - from.y) / length) * 2 * CLEAR, y: ((to.x - from.x) / length) * 2 * CLEAR };
  // The line's own middle moves by half of this.
  const push = Math.max(0, 2 * (CLEAR - away));
  return { x: (half.x / away) * push, y: (half.y / away) * push };
}

/** Fill an SVG element with a map: `frame` is the part of the plane that it shows. */
export function fillDrawing(
  svg,
  map,
  { places = layout(map), frame = frameOf(places), selected = null } = {},
) {
  const end = (id) => ({ ...places.get(id), box: id === FAMILY ? MIDDLE : BOX });
  const ties = map.ties.map((tie) => {
    const [from, to] = [end(tie.from), end(tie.to)];
    const isOurs = tie.from === FAMILY || tie.to === FAMILY;
    return tieLine(tie, from, to, isOurs ? undefined : bowOf(from, to));
  });
  const nodes = [FAMILY, ...map.people].map((person) => {
    const id = person === FAMILY ? FAMILY : person.id;
    return nodeOf(map, person, places.get(id), id === selected);
  });
  svg.setAttribute("viewBox", `${frame.x} ${frame.y} ${frame.width} ${frame.height}`);
  svg.setAttribute(
    "font-family",
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  );
  svg.replaceChildren(
    s(
      "g",
      {},
      ties.map(({ line }) => line),
    ),
    s(
      "g",
      {},
      ties.map(({ signs }) => signs),
    ),
    s("g", {}, nodes),
  );
  return svg;
}

/** A drawing to look at, described in one sentence; the words beside it say the rest. */
export function stillDrawing(map, options = {}) {
  const count = map.people.length;
  const said = `EcoMap of ${nameOf(map, FAMILY)} with ${count} ${count === 1 ? "person or place" : "people and places"} around it; the list says the same in words.`;
  const svg = s("svg", { role: "img", "aria-label": said, class: "hve-still" });
  fillDrawing(svg, map, options);
  const { frame = frameOf(options.places ?? layout(map)) } = options;
  svg.style.maxWidth = `${Math.round(frame.width)}px`;
  return svg;
}

/** What a focusable shape of the drawing is called. */
export function shapeInWords(map, id) {
  if (id === FAMILY) return `${nameOf(map, FAMILY)}, in the middle of the map`;
  return personInWords(
    map,
    map.people.find((person) => person.id === id),
  );
}
