// The leader's private view of what was written: every entry with its name, groups, hide and pin.

import { h } from "./dom.js";
import { grouped, isSorted, momentLines, NOBODY, SORTED, timeline, votersLine, voteRows, wordsOf } from "./live-drawing.js";

const WHEN = { pairs: " in pairs", again: " once more" };
const ROUNDS = { alone: "First", pairs: "In pairs", again: "Once more" };

function entry(it, act, isOpen) {
  const button = (caption, name, change, isOn) =>
    h(
      "button",
      {
        type: "button",
        class: "hv-plain hvl-act",
        "data-key": `${name}-${it.entry_id}`,
        "aria-pressed": String(isOn),
        on: { click: () => act("POST", `entries/${it.entry_id}`, change) },
      },
      caption,
      h("span", { class: "hv-unseen" }, `: ${it.text.slice(0, 60)}`),
    );
  const look = [it.is_pinned && "hvl-pinned", it.is_hidden && "hvl-hidden"].filter(Boolean).join(" ");
  const facts = [it.name, ROUNDS[it.round], it.is_pinned && "pinned", it.is_hidden && "hidden from the group"];
  return h(
    "li",
    { class: look || null, "data-entry": it.entry_id },
    h("p", { class: "hvl-facts" }, facts.filter(Boolean).join(" · ")),
    h("p", { class: "hvl-lines" }, wordsOf(it)),
    isOpen &&
      h(
        "p",
        { class: "hvl-acts" },
        button("Hide", "hide", { is_hidden: !it.is_hidden }, Boolean(it.is_hidden)),
        button("Pin", "pin", { is_pinned: !it.is_pinned }, Boolean(it.is_pinned)),
      ),
  );
}

/** Votes, the line of time, and entries by key point; `act` sends what the leader does. */
export function wall(state, act, isOpen) {
  const { step, phase, entries, timeline: line, people } = state;
  if (step.kind !== "question") return [];
  const responded = h(
    "p",
    { class: "hvl-doing" },
    `${people.responded} of ${people.of} ${people.responded === 1 ? "has" : "have"} responded${WHEN[phase] ?? ""}.`,
  );
  const groups = grouped(state, { isPointNamed: true });
  return [
    responded,
    step.question.type === "choose" && [h("h2", {}, "Votes"), votersLine(state) && h("p", {}, votersLine(state)), h("ul", { class: "hvl-votes" }, voteRows(state))],
    line && [h("h2", {}, "Where everybody looked"), timeline(line)],
    line?.moments?.length > 0 && h("ul", { class: "hvl-moments" }, momentLines(line.moments)),
    h("h2", {}, `${step.question.type === "choose" ? "Who chose what" : "What was written"} (${entries?.length ?? 0})`),
    !entries?.length && h("p", { class: "hv-quiet" }, "Nothing yet. Entries stand here as they come; the group sees them when you show them."),
    entries?.length > 0 && isSorted(groups) && h("p", { class: "hv-quiet" }, SORTED),
    (entries?.length > 0 ? groups : []).map((group) => [
      group.title && h("h3", {}, group.title),
      group.entries.length > 0
        ? h("ul", { class: "hvl-entries" }, group.entries.map((it) => entry({ ...it, name: state.names?.[it.entry_id] }, act, isOpen)))
        : h("p", { class: "hv-quiet" }, NOBODY),
    ]),
  ];
}
