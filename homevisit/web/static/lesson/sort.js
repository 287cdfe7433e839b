// Sort: each statement gets a group by radio buttons or a list, so keys and thumbs reach everything without dragging.

import { h, uid } from "./dom.js";

export const label = "Sort";

// More groups than this would make a row of buttons longer than a phone's screen.
const MOST_BUTTONS = 4;
const WIDE = "(min-width: 48rem)";

function column(question, title, keys, look = "") {
  const lines = keys.map((key) => h("li", {}, question.statements[key]));
  return h(
    "div",
    { class: `hvq-group ${look}` },
    h("p", { class: "hvq-group-title" }, title, " ", h("span", { class: "hvq-count" }, `(${keys.length})`)),
    keys.length > 0 ? h("ul", {}, lines) : h("p", { class: "hvq-nothing" }, "Nothing yet."),
  );
}

function standing(question, placed) {
  const of = (group) => Object.keys(question.statements).filter((key) => (placed[key] ?? "") === group);
  const columns = Object.entries(question.groups).map(([group, title]) => column(question, title, of(group)));
  const open = of("");
  return open.length > 0 ? [...columns, column(question, "Still to place", open, "hvq-unplaced")] : columns;
}

function buttons(question, [key, text], placed, place) {
  const name = uid("hvq-sort");
  const pills = Object.entries(question.groups).map(([group, title]) => {
    const on = { change: () => place(key, group) };
    const input = h("input", { type: "radio", name, value: group, checked: placed[key] === group, on });
    return h("label", { class: "hvq-pill" }, input, h("span", {}, title));
  });
  const row = h("div", { class: "hvq-pills" }, pills);
  const node = h("fieldset", { class: "hvq-statement" }, h("legend", {}, text), row);
  return { key, node, control: pills[0].firstChild };
}

function list(question, [key, text], placed, place) {
  const id = uid("hvq-sort");
  const options = Object.entries(question.groups).map(([group, title]) =>
    h("option", { value: group }, title),
  );
  const control = h("select", { id }, h("option", { value: "" }, "Choose a group…"), options);
  control.value = placed[key] ?? "";
  control.addEventListener("change", () => place(key, control.value));
  return { key, node: h("div", { class: "hvq-statement" }, h("label", { for: id }, text), control), control };
}

/** The controls for a response, with a summary of what stands where. */
export function form(question, response, { onInput }) {
  const placed = { ...response?.placed };
  const groups = h("div", { class: "hvq-groups" });
  const title = h("summary", {});
  const total = Object.keys(question.statements).length;
  const draw = () => {
    const done = Object.values(placed).filter(Boolean).length;
    title.textContent = `What stands where (${done} of ${total} placed)`;
    groups.replaceChildren(...standing(question, placed));
  };
  const place = (key, group) => {
    placed[key] = group;
    draw();
    onInput();
  };
  const control = Object.keys(question.groups).length > MOST_BUTTONS ? list : buttons;
  const lines = Object.entries(question.statements).map((entry) => control(question, entry, placed, place));
  const statements = lines.map(({ node }) => h("li", {}, node));
  const overview = h("details", { class: "hvq-standing", open: matchMedia(WIDE).matches }, title, groups);
  draw();
  return {
    node: h("div", { class: "hvq-sorting" }, h("ol", { class: "hvq-statements" }, statements), overview),
    read: () => ({ placed: { ...placed } }),
    target: () => (lines.find(({ key }) => !placed[key]) ?? lines[0]).control,
  };
}

/** The response as text. */
export function view(question, response) {
  return h("div", { class: "hvq-groups" }, standing(question, response?.placed ?? {}));
}
