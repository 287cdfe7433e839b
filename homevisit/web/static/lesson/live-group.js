// On a phone: what the group chose or wrote, as far as the leader has shown it.

import { h } from "./dom.js";
import { grouped, isSecond, isSorted, momentLines, NOBODY, SORTED, timeline, votersLine, voteRows, wordsOf } from "./live-drawing.js";

/** What the view is made of, to know whether it changes. */
export function groupFacts({ phase, entries, groups, points_shown, votes, voters, timeline: line, step }) {
  return ["together", "again", "compared"].includes(phase)
    ? [phase, entries, groups, points_shown, votes, voters, line, step.position]
    : [];
}

/** Nodes for the part of the group; none before it is shown. */
export function groupView(state) {
  const { phase, step, timeline: line } = state;
  if (step.kind !== "question" || !["together", "again", "compared"].includes(phase)) return [];
  if (step.question.type === "choose") {
    const voters = votersLine(state);
    return [h("h2", {}, "What the group chose"), voters && h("p", {}, voters), h("ul", { class: "hvl-votes" }, voteRows(state))];
  }
  const first = grouped(state, { isShown: (entry) => !isSecond(entry) });
  const second = phase === "compared" ? grouped(state, { isShown: isSecond, isWhole: false }) : [];
  return [
    line && timeline(line),
    line?.moments?.length > 0 && [h("h2", {}, "Moments of the scene"), h("ul", { class: "hvl-moments" }, momentLines(line.moments))],
    entryList(second.length > 0 ? "What the group wrote first" : "What the group wrote", first),
    second.length > 0 && entryList("What the group wrote after the talk", second),
  ];
}

function entryList(title, groups) {
  if (groups.length === 0) return [h("h2", {}, title), h("p", { class: "hvq-nothing" }, "Nothing yet.")];
  const entry = (it) =>
    h(
      "li",
      { class: it.is_pinned ? "hvl-pinned" : null },
      it.is_pinned && h("span", { class: "hvl-pin" }, "Pinned"),
      h("p", { class: "hvl-lines" }, wordsOf(it)),
    );
  return [
    h("h2", {}, title),
    isSorted(groups) && h("p", { class: "hv-quiet" }, SORTED),
    groups.map((group) => [
      group.title && h("h3", {}, group.title),
      group.entries.length > 0
        ? h("ul", { class: "hvl-entries" }, group.entries.map(entry))
        : h("p", { class: "hv-quiet" }, NOBODY),
    ]),
  ];
}
