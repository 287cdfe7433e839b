// Respond: what one would say to a parent; what the trainer looks for is shown after the check.

import { h } from "./dom.js";
import { prose, writingPlace } from "./writing.js";

export const label = "Respond";

/** The situation, the other person's words, and the textarea for one's own. */
export function form(question, response, { onInput }) {
  const place = writingPlace({
    text: response?.text,
    caption: "What you would say",
    rows: 5,
    onInput,
  });
  const words = h("blockquote", { class: "hvq-said-by" }, h("p", {}, question.says));
  return {
    node: h(
      "div",
      { class: "hvq-writing" },
      h("p", { class: "hvq-situation" }, question.situation),
      words,
      place.nodes,
    ),
    read: () => ({ text: place.control.value }),
    target: () => place.control,
  };
}

/** The response as text, below what it answers to. */
export function view(question, response) {
  return h(
    "div",
    {},
    h("blockquote", { class: "hvq-said-by" }, h("p", {}, question.says)),
    prose(response?.text),
  );
}
