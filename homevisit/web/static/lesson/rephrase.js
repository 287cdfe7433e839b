// Rephrase: say what one would see and hear, in place of a sentence that judges or explains.

import { h } from "./dom.js";
import { prose, writingPlace } from "./writing.js";

export const label = "Rephrase";

const given = (question) =>
  h("blockquote", { class: "hvq-given" }, h("p", {}, h("q", {}, question.sentence)));

/** The sentence, and the textarea for a better one. */
export function form(question, response, { onInput }) {
  const place = writingPlace({
    text: response?.text,
    caption: "What somebody would see and hear",
    rows: 3,
    isCounted: false,
    onInput,
  });
  return {
    node: h("div", { class: "hvq-writing" }, given(question), place.nodes),
    read: () => ({ text: place.control.value }),
    target: () => place.control,
  };
}

/** The response as text, below the sentence it takes the place of. */
export function view(question, response) {
  return h("div", {}, given(question), prose(response?.text));
}
