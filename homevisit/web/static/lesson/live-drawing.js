// What phone, leader and projector draw alike: scene, groups of entries, votes, the line of time.

import { asClock } from "./clip-times.js";
import { ClipFrame } from "./clip.js";
import { h, richText } from "./dom.js";
import { s } from "./svg.js";

const EDGE = 8;

/** Draw again only what has changed; what had the focus has it afterwards, known by its `data-key`. */
export function redraw(place, facts, draw) {
  const key = JSON.stringify(facts);
  if (!place || place.dataset.drawn === key) return;
  place.dataset.drawn = key;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  place.replaceChildren(...[draw()].flat(Infinity).filter(Boolean));
  if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** Authored text as paragraphs. */
export function paragraphs(text) {
  return (text ?? "")
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .map((part) => h("p", { class: "hvl-lines" }, part.trim()));
}

/** The texts and clips of a scene, as a lesson shows them. */
export function scene(blocks, base) {
  return (blocks ?? []).map(({ kind, html, clip_id: clipId, clip }) => {
    if (kind !== "clip") return richText(html ?? "");
    const place = h("div", { class: "hvl-clip" });
    new ClipFrame(place, { question: clip, question_id: clipId }, base);
    return place;
  });
}

/**
 * Entries as their groups: [{title, entries}]; a group without a text has an empty title.
 *
 * `isWhole` keeps the points that nobody has written about.
 */
export function grouped(state, { isShown = () => true, isPointNamed = state.points_shown, isWhole = true } = {}) {
  const known = new Map((state.entries ?? []).filter(isShown).map((entry) => [entry.entry_id, entry]));
  const placed = new Set();
  // groups that say no point need an entry only once
  const isWanted = (entry) => entry && (isPointNamed || !placed.has(entry));
  const take = (ids) => {
    const found = ids.map((id) => known.get(id)).filter(isWanted);
    found.forEach((entry) => placed.add(entry));
    return found;
  };
  const groups = (state.groups ?? [])
    .map(({ point_id: pointId, text, entries }) => ({
      title: isPointNamed ? (text ?? (pointId ? "" : "More entries")) : "",
      pointId,
      entries: take(entries),
    }))
    .filter(({ title, pointId, entries }) => entries.length > 0 || (isWhole && title && pointId))
    // what stands alone is not more of anything
    .map((group, _, all) => (all.length === 1 && !group.pointId ? { ...group, title: "" } : group));
  const rest = [...known.values()].filter((entry) => !placed.has(entry));
  return rest.length > 0 ? [...groups, { title: "", pointId: null, entries: rest }] : groups;
}

export const NOBODY = "No entry was sorted here.";
export const SORTED = "A program sorts entries by their words and misses some: one under “More entries” may well say a point.";

/** Whether entries stand under points and beside them, so that the sorting needs a word. */
export const isSorted = (groups) => groups.some(({ title, pointId }) => title && pointId) && groups.some(({ pointId }) => !pointId);

/** The words of an entry; a list of one needs no number. */
export const wordsOf = ({ text }) => (/^1\. /.test(text) && !/\n2\. /.test(text) ? text.slice(3) : text);

/** Which rounds belong together: what came first, and what was written once more. */
export const isSecond = (entry) => entry.round === "again";

const most = (votes, options) => Math.max(1, ...options.flatMap((key) => votes.map((counts) => counts[key] ?? 0)));

function bar(name, count, whole) {
  const fill = h("span", { class: `hvl-fill hvl-${name.toLowerCase()}` });
  fill.style.inlineSize = `${(100 * count) / whole}%`;
  const said = name === "Now" ? String(count) : `${name}: ${count}`;
  return h("span", { class: "hvl-bar" }, h("span", { class: "hvl-track" }, fill), h("span", { class: "hvl-number" }, said));
}

/** How many voted each time, where there was a second time; fewer votes then are no change of mind. */
export function votersLine({ votes, voters, phase }) {
  const isSecondThere = Object.values(votes?.again ?? {}).some((count) => count > 0) && phase !== "again";
  return isSecondThere && voters ? `First: ${voters.alone} voted. Second: ${voters.again} voted.` : "";
}

/** One plain bar for each option and round, in elements `tag`; no order but that of the question. */
export function voteRows(state, tag = "li") {
  const { options } = state.step.question;
  const [first, second] = [state.votes?.alone ?? {}, state.votes?.again ?? {}];
  const isSecondThere = Object.values(second).some((count) => count > 0) && state.phase !== "again";
  const keys = Object.keys(options);
  const whole = most(isSecondThere ? [first, second] : [first], keys);
  return keys.map((key) =>
    h(
      tag,
      { class: "hvl-vote" },
      h("span", { class: "hvl-option" }, options[key]),
      h(
        "span",
        { class: "hvl-bars" },
        bar(isSecondThere ? "First" : "Now", first[key] ?? 0, whole),
        isSecondThere && bar("Second", second[key] ?? 0, whole),
      ),
    ),
  );
}

/** Where everybody looked: a pin for each mark, and a band for each moment that is named; `width` of the drawing. */
export function timeline({ marks = [], moments = [], length }, width = 400) {
  const whole = Math.max(1, length ?? 0, ...marks.map(({ at }) => at));
  const x = (seconds) => EDGE + (Math.min(seconds, whole) / whole) * (width - 2 * EDGE);
  const band = ({ at, until }) =>
    s("rect", { class: "hvq-key", x: x(at), y: 46, width: Math.max(6, x(until ?? at) - x(at)), height: 14, rx: 4 });
  const pin = ({ at }) => s("path", { class: "hvq-pin", d: `M${x(at)} 40l-7-14h14z` });
  const said = `${marks.length} ${marks.length === 1 ? "mark" : "marks"} between 0:00 and ${asClock(whole)}`;
  return h(
    "figure",
    { class: "hvl-timeline" },
    s(
      "svg",
      { viewBox: `0 20 ${width} 44`, role: "img", "aria-label": `Line of time: ${said}.`, focusable: "false" },
      s("path", { class: "hvq-axis", d: `M${EDGE} 43H${width - EDGE}` }),
      marks.map(pin),
      moments.map(band),
    ),
    h("figcaption", {}, h("span", {}, "0:00"), h("span", {}, said), h("span", {}, asClock(whole))),
  );
}

/** The moments of the handbook as lines, where they may be seen. */
export function momentLines(moments) {
  return (moments ?? []).map(({ at, until, text }) => {
    const when = until ? `${asClock(at)}–${asClock(until)}` : asClock(at);
    return h("li", {}, h("span", { class: "hvq-moment" }, when), " ", text);
  });
}
