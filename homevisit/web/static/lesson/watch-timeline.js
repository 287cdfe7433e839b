// After a check: one's marks and the moments of the key on one line of time, as a drawing and as a list.

import { asClock } from "./clip-times.js";
import { h } from "./dom.js";
import { s } from "./svg.js";

const WIDTH = 400;
const EDGE = 14;

/** Marks within a moment of the key; a few seconds beside it are near enough to be looked at together. */
const NEAR_SECONDS = 4;
const near = ({ at }, { from, to }) => at >= from - NEAR_SECONDS && at <= to + NEAR_SECONDS;

function drawing(marks, moments, length) {
  const x = (seconds) => EDGE + (Math.min(seconds, length) / length) * (WIDTH - 2 * EDGE);
  const band = ({ from, to }) =>
    s("rect", { class: "hvq-key", x: x(from), y: 46, width: Math.max(6, x(to) - x(from)), height: 14, rx: 4 });
  const pin = ({ at }) => s("path", { class: "hvq-pin", d: `M${x(at)} 40l-7-14h14z` });
  return s(
    "svg",
    { viewBox: `0 0 ${WIDTH} 64`, class: "hvq-timeline", "aria-hidden": "true", focusable: "false" },
    s("path", { class: "hvq-axis", d: `M${EDGE} 43H${WIDTH - EDGE}` }),
    marks.map(pin),
    moments.map(band),
  );
}

function line(when, what, look) {
  return h("li", { class: look }, h("span", { class: "hvq-moment" }, when), " ", what);
}

/** A drawing of the time, and below it the same in words; moments that are held back stand in neither. */
export function timeline({ marks = [], points = [] }, length) {
  const moments = points.filter((point) => point.from !== undefined && point.text);
  const mine = marks.map((mark) => ({ at: mark.at, node: line(asClock(mark.at), `You: ${mark.saw}`, "hvq-mine") }));
  const theirs = moments.map((moment) => {
    const beside = marks.filter((mark) => near(mark, moment)).map((mark) => asClock(mark.at));
    const also = beside.length > 0 ? ` (your mark: ${beside.join(", ")})` : "";
    const when = `${asClock(moment.from)}–${asClock(moment.to)}`;
    return { at: moment.from, node: line(when, `The course: ${moment.text}${also}`, "hvq-theirs") };
  });
  const all = [...mine, ...theirs].sort((one, other) => one.at - other.at).map(({ node }) => node);
  if (all.length === 0) return null;
  return h(
    "div",
    { class: "hvq-part" },
    h("h5", { class: "hvq-part-title" }, "Your marks and the moments of the scene"),
    drawing(marks, moments, length),
    h("p", { class: "hvq-legend", "aria-hidden": "true" }, "▼ your marks   ▬ moments that the course names"),
    h("ol", { class: "hvq-times" }, all),
  );
}
