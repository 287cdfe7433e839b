// What somebody writes down after a role-play: three short texts.

import { h } from "./dom.js";
import { prose, writingPlace } from "./writing.js";

export const label = "After the role-play";

// The same as in course/papers_roleplay.py.
const ASKED = {
  worked: "What worked, word for word",
  different: "What I would say or do differently",
  next: "When I will try it on a visit, and what I will watch for",
};

/** The three fields. */
export function form(_question, response, { onInput }) {
  const places = Object.entries(ASKED).map(([name, caption]) => [
    name,
    writingPlace({ text: response?.[name], caption, rows: 4, isCounted: false, onInput }),
  ]);
  return {
    node: h("div", { class: "hvq-writing" }, places.map(([, place]) => h("div", { class: "hvq-field" }, place.nodes))),
    read: () => Object.fromEntries(places.map(([name, place]) => [name, place.control.value])),
    target: () => places[0][1].control,
  };
}

/** The note as text. */
export function view(_question, response) {
  return h(
    "div",
    {},
    Object.entries(ASKED).map(([name, caption]) => [
      h("p", { class: "hvq-label" }, caption),
      prose(response?.[name]),
    ]),
  );
}
