// Choose: one option, or several.

import { h, uid } from "./dom.js";

export const label = "Choose";

/** The radio buttons or checkboxes for a response. */
export function form(question, response, { onInput }) {
  const name = uid("hvq-choice");
  const type = question.several ? "checkbox" : "radio";
  const chosen = response?.chosen ?? [];
  const inputs = Object.keys(question.options).map((key) =>
    h("input", { type, name, value: key, checked: chosen.includes(key), on: { change: onInput } }),
  );
  const lines = inputs.map((input) =>
    h("label", { class: "hvq-option" }, input, h("span", {}, question.options[input.value])),
  );
  const instruction = question.several ? "Choose all that fit." : "Choose one.";
  const isSaid = question.hint?.includes(instruction);
  return {
    node: h(
      "div",
      { class: "hvq-options" },
      !isSaid && h("p", { class: "hvq-instruction" }, instruction),
      lines,
    ),
    read: () => ({ chosen: inputs.filter((input) => input.checked).map((input) => input.value) }),
    target: () => inputs.find((input) => input.checked) ?? inputs[0],
  };
}

/** The response as text. */
export function view(question, response) {
  const chosen = response?.chosen ?? [];
  if (chosen.length === 0) return h("p", { class: "hvq-nothing" }, "Nothing is chosen here.");
  return h(
    "ul",
    { class: "hvq-chosen" },
    chosen.map((key) => h("li", {}, question.options[key] ?? key)),
  );
}
