// What the signs of an EcoMap mean, as a list beside the drawing and as a part of an exported one.

import { h } from "./dom.js";
import { tieLine } from "./ecomap-lines.js";
import { SIGNS, SUPPORTS } from "./ecomap-words.js";
import { s } from "./svg.js";

const POINT = { width: 0, height: 0 };
const LINES = [
  ["Thick line: a strong tie", { strength: "strong", direction: "both" }],
  ["Dashed line: a weak tie", { strength: "weak", direction: "both" }],
  ["Zigzag: a stressful tie", { strength: "stressful", direction: "both" }],
  ["Thick line with zigzag: strong and stressful", { strength: "strong-stressful", direction: "both" }],
  ["Arrowhead at one end: it goes one way only", { strength: "strong", direction: "one-way" }],
];
const SHAPES = [
  "Round: a person",
  "Six corners: a group or a place of worship",
  "Square: a service, a school, a place of work",
];
const support = () =>
  `On the lines: ${Object.entries(SIGNS)
    .map(([kind, sign]) => `${sign} = ${kind}`)
    .join(", ")} support`;

function sample(tie, y, width) {
  const [from, to] = [0, width].map((x) => ({ x, y, box: POINT }));
  return tieLine({ support: [], ...tie }, from, to).line;
}

// A folded list would not be printed.
window.addEventListener("beforeprint", () => {
  for (const list of document.querySelectorAll(".hve-legend")) list.open = true;
});

/** The list beside a drawing, folded up. */
export function legend() {
  const line = ([text, tie]) =>
    h(
      "li",
      {},
      s(
        "svg",
        { viewBox: "-4 -14 108 28", width: 81, height: 21, "aria-hidden": "true" },
        sample(tie, 0, 100),
      ),
      h("span", {}, text),
    );
  return h(
    "details",
    { class: "hve-legend" },
    h("summary", {}, "What the signs mean"),
    h("ul", { class: "hve-samples" }, LINES.map(line)),
    h(
      "ul",
      {},
      SHAPES.map((text) => h("li", {}, text)),
    ),
    h("p", {}, `${support()}.`),
    h(
      "ul",
      {},
      Object.entries(SUPPORTS).map(([kind, meaning]) => h("li", {}, h("strong", {}, kind), `: ${meaning}`)),
    ),
  );
}

/** The same as SVG, with its upper left corner at x, y: `{node, height}`. */
export function drawnLegend(x, y) {
  const texts = [...LINES.map(([text]) => text), ...SHAPES, support()];
  const rows = texts.map((text, index) => {
    const top = index * 30;
    const tie = LINES[index]?.[1];
    return [
      tie && sample(tie, top, 100),
      s("text", { x: tie ? 120 : 0, y: top + 5, "font-size": 15, fill: "#1f2933" }, text),
    ];
  });
  return { node: s("g", { transform: `translate(${x} ${y})` }, rows), height: texts.length * 30 };
}
