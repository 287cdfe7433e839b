// The line of a tie: thick, dashed, zigzag or both at once, with arrowheads and the signs of its support.

import { SIGNS } from "./ecomap-words.js";
import { s } from "./svg.js";

const COLORS = { strong: "#14504d", weak: "#52606d", stressful: "#9a3f1a", "strong-stressful": "#14504d" };
const WIDTHS = { strong: 7, weak: 3, stressful: 3, "strong-stressful": 7 };
const HEAD = 17;
const WAVE = 9;
const SWING = 7;

/** Where the way from the middle of a box to `aim` leaves it. */
function edge(box, from, aim) {
  const [dx, dy] = [aim.x - from.x, aim.y - from.y];
  const share = Math.min(
    (box.width / 2 + 4) / (Math.abs(dx) || 1e-6),
    (box.height / 2 + 4) / (Math.abs(dy) || 1e-6),
    1,
  );
  return { x: from.x + dx * share, y: from.y + dy * share };
}

function pointOf(start, bend, end, t) {
  const rest = 1 - t;
  const mix = (axis) => rest * rest * start[axis] + 2 * rest * t * bend[axis] + t * t * end[axis];
  return { x: mix("x"), y: mix("y") };
}

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const place = ({ x, y }) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

function towards(point, aim, length) {
  const whole = distance(point, aim) || 1;
  return {
    x: point.x + ((aim.x - point.x) / whole) * length,
    y: point.y + ((aim.y - point.y) / whole) * length,
  };
}

function arrowhead(tip, from, color) {
  const base = towards(tip, from, HEAD);
  const [nx, ny] = [(base.y - tip.y) / 2.1, (tip.x - base.x) / 2.1];
  const corners = [tip, { x: base.x + nx, y: base.y + ny }, { x: base.x - nx, y: base.y - ny }];
  return s("polygon", { points: corners.map(place).join(" "), fill: color });
}

function zigzag(start, bend, end) {
  const count = Math.max(4, Math.round(distance(start, end) / WAVE));
  const corners = Array.from({ length: count + 1 }, (_, index) => {
    const here = pointOf(start, bend, end, index / count);
    if (index === 0 || index === count) return here;
    const [before, after] = [index - 1, index + 1].map((near) => pointOf(start, bend, end, near / count));
    const length = distance(before, after) || 1;
    const swing = index % 2 ? SWING : -SWING;
    return {
      x: here.x + (-(after.y - before.y) / length) * swing,
      y: here.y + ((after.x - before.x) / length) * swing,
    };
  });
  return `M ${corners.map(place).join(" L ")}`;
}

function strokes(strength, start, bend, end) {
  const smooth = `M ${place(start)} Q ${place(bend)} ${place(end)}`;
  const line = (d, stroke, width, dashes = null) =>
    s("path", {
      d,
      fill: "none",
      stroke,
      "stroke-width": width,
      "stroke-dasharray": dashes,
      "stroke-linejoin": "round",
    });
  if (strength === "stressful") return [line(zigzag(start, bend, end), COLORS.stressful, WIDTHS.stressful)];
  if (strength === "weak") return [line(smooth, COLORS.weak, WIDTHS.weak, "9 8")];
  const thick = line(smooth, COLORS.strong, WIDTHS.strong);
  if (strength === "strong") return [thick];
  const over = zigzag(start, bend, end);
  return [thick, line(over, "#ffffff", 6), line(over, COLORS.stressful, WIDTHS.stressful)];
}

function signs(support, at) {
  if (support.length === 0) return null;
  const text = support.map((kind) => SIGNS[kind]).join(" · ");
  const width = text.length * 8.2 + 14;
  return s(
    "g",
    {},
    s("rect", {
      x: at.x - width / 2,
      y: at.y - 12,
      width,
      height: 24,
      rx: 12,
      fill: "#ffffff",
      stroke: "#857b6a",
    }),
    s("text", { x: at.x, y: at.y + 5, "text-anchor": "middle", "font-size": 14, fill: "#1f2933" }, text),
  );
}

/**
 * A tie as `{line, signs}`, each one SVG element or null.
 *
 * `from` and `to` are `{x, y, box}`; `bow` moves the middle of the line away from the straight way.
 */
export function tieLine(tie, from, to, bow = { x: 0, y: 0 }) {
  const middle = { x: (from.x + to.x) / 2 + bow.x, y: (from.y + to.y) / 2 + bow.y };
  const [start, end] = [edge(from.box, from, middle), edge(to.box, to, middle)];
  const color = tie.strength === "stressful" ? COLORS.stressful : COLORS[tie.strength];
  const heads = [arrowhead(end, middle, color)];
  if (tie.direction === "both") heads.push(arrowhead(start, middle, color));
  const body = [
    tie.direction === "both" ? towards(start, middle, HEAD * 0.8) : start,
    towards(end, middle, HEAD * 0.8),
  ];
  return {
    line: s("g", {}, strokes(tie.strength, body[0], middle, body[1]), heads),
    signs: signs(tie.support, pointOf(start, middle, end, 0.5)),
  };
}
