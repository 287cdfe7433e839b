// Commitment: one thing to try on a visit, in one's own words; the home page asks later how it went.

import { h, uid } from "./dom.js";
import { prose, writingPlace } from "./writing.js";

export const label = "Try it on a visit";

/** The plans to choose from, and the textarea for one's own words. */
export function form(question, response, { onInput }) {
  const name = uid("hvq-plan");
  const inputs = Object.keys(question.plans).map((key) =>
    h("input", { type: "radio", name, value: key, checked: response?.plan === key, on: { change: onInput } }),
  );
  const lines = inputs.map((input) =>
    h("label", { class: "hvq-option" }, input, h("span", {}, question.plans[input.value])),
  );
  const place = writingPlace({
    text: response?.text,
    caption: "With whom (no names), when, and what I will do",
    rows: 4,
    isCounted: false,
    onInput,
  });
  const days = question.after_days ?? 14;
  const chosen = () => inputs.find((input) => input.checked);
  return {
    node: h(
      "div",
      { class: "hvq-writing" },
      h("p", { class: "hvq-instruction" }, "Choose one."),
      h("div", { class: "hvq-options" }, lines),
      place.nodes,
      h("p", { class: "hvq-later-on" }, `We ask you how it went after ${days} days.`),
    ),
    read: () => ({ plan: chosen()?.value ?? "", text: place.control.value }),
    target: () => (chosen() ? place.control : inputs[0]),
  };
}

/** The response as text. */
export function view(question, response) {
  const plan = question.plans[response?.plan];
  return h("div", {}, plan && h("p", { class: "hvq-plan" }, plan), prose(response?.text));
}
