// Labelled fields of the planning tools, each with room for a sentence of its own below it.

import { growing, h, uid } from "./dom.js";
import { namingHints } from "./privacy.js";

const PAUSE_MS = 600;

function describe(control, id, isDescribed) {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
  if (isDescribed) ids.unshift(id);
  if (ids.length > 0) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}

function naming(control) {
  const note = h("p", { class: "hvq-naming", role: "status" });
  const look = () => {
    const found = namingHints(control.value).slice(0, 3);
    const quoted = found.map((piece) => `“${piece}”`).join(", ");
    const say = quoted && `Could somebody be recognized by ${quoted}? A role will do: “the mother”, “a two-year-old”.`;
    if (note.textContent !== say) note.textContent = say;
  };
  let pause = null;
  control.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE_MS);
  });
  look();
  return note;
}

/** A control with its label, a hint and an empty note: {node, control}. `field` is its name in the content. */
function labelled(control, { caption, hint, field, wide, names }) {
  control.dataset.field = field;
  const hintNode = hint && h("p", { class: "hvq-fieldhint", id: `${control.id}-hint` }, hint);
  if (hintNode) describe(control, hintNode.id, true);
  const note = h("p", { class: "hvq-fieldnote", id: `${control.id}-note`, hidden: true });
  const node = h(
    "div",
    { class: wide ? "hvq-field hvq-wide" : "hvq-field" },
    h("label", { for: control.id }, caption),
    hintNode,
    control,
    names && naming(control),
    note,
  );
  return { node, control, read: () => control.value };
}

/** One line of text, a number or a date; `inputmode` decides which keys a phone shows. */
export function lineField({ value, type = "text", inputmode, list, onInput, min, max, ...rest }) {
  const attributes = { id: uid("hvq-line"), type, value: value ?? "", inputmode, list, min, max, autocomplete: "off" };
  const control = h("input", { ...attributes, dir: type === "text" ? "auto" : null, on: { input: onInput } });
  // A date that a browser cannot show would be lost in its date field.
  if (type === "date" && value && control.value !== value) Object.assign(control, { type: "text", value });
  return labelled(control, rest);
}

/** A text that grows; `names` points out what may tell who a family is. */
export function textField({ value, rows = 2, onInput, ...rest }) {
  const id = uid("hvq-text");
  const control = h("textarea", { id, rows, value: value ?? "", dir: "auto", on: { input: onInput } });
  return labelled(growing(control), rest);
}

/** A list to choose from; `options` maps each value to what is shown. */
export function choiceField({ value, options, onInput, ...rest }) {
  const control = h("select", { id: uid("hvq-choice"), on: { change: onInput } }, optionsOf(options));
  control.value = value ?? "";
  return labelled(control, rest);
}

/** The entries of a list. */
export function optionsOf(options) {
  return Object.entries(options).map(([value, caption]) => h("option", { value }, caption));
}

function placeOf(control) {
  const around = control.closest("[data-place]");
  return around ? `${around.dataset.place}.${control.dataset.field}` : control.dataset.field;
}

/**
 * Show each sentence below its field, and take back those that are settled.
 *
 * A field that one is still writing in gets no new sentence; it comes when the field is left.
 */
export function showNotes(root, notes) {
  const said = new Map(notes.map(({ at, say }) => [at, say]));
  for (const control of root.querySelectorAll("[data-field]")) {
    const note = control.closest(".hvq-field").querySelector(".hvq-fieldnote");
    const say = said.get(placeOf(control)) ?? "";
    const isTyping = control === document.activeElement && control.matches("input:not([type=date]), textarea");
    if (note.textContent === say || (isTyping && note.textContent === "")) continue;
    note.textContent = say;
    note.hidden = !say;
    describe(control, note.id, Boolean(say));
    if (say) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}
