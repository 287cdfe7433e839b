// Reflect: a longer text that a trainer reads, with the rubric in view while one writes.

import { h } from "./dom.js";
import { prose, rubricList, writingPlace } from "./writing.js";

export const label = "Reflect";

/** The textarea for a response, below the rubric. */
export function form(question, response, { onInput, labelledBy }) {
  const place = writingPlace({
    text: response?.text,
    labelledBy,
    wished: question.length?.soft_minimum_words ?? 0,
    onInput,
  });
  const rubric = rubricList(question.rubric, "What your trainer looks for");
  return {
    node: h("div", { class: "hvq-writing" }, rubric, place.nodes),
    read: () => ({ text: place.control.value }),
    target: () => place.control,
  };
}

/** The response as text. */
export function view(question, response) {
  return prose(response?.text);
}
