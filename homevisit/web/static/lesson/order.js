// Order: steps in a list that one moves up and down by buttons, or by choosing a place; nothing needs dragging.

import { h, uid } from "./dom.js";

export const label = "Put in order";

class Steps {
  constructor(question, response, onInput) {
    const known = Object.keys(question.steps);
    const given = (response?.order ?? []).filter((key) => known.includes(key));
    this.order = [...given, ...known.filter((key) => !given.includes(key))];
    this.question = question;
    this.onInput = onInput;
    this.list = h("ol", { class: "hvq-steps" });
    this.news = h("p", { class: "hvq-unseen", role: "status", "aria-live": "polite" });
    this.node = h("div", { class: "hvq-ordering" }, this.list, this.news);
    this.lines = new Map(known.map((key) => [key, this.#line(key)]));
    this.#draw();
  }

  #line(key) {
    const text = this.question.steps[key];
    const button = (sign, caption, by) =>
      h(
        "button",
        {
          type: "button",
          class: "hvq-button hvq-move",
          "aria-label": `${caption}: ${text}`,
          on: { click: (event) => this.#move(key, this.order.indexOf(key) + by, event.currentTarget) },
        },
        sign,
      );
    const id = uid("hvq-place");
    const places = this.order.map((_, index) => h("option", { value: index }, `${index + 1}`));
    const place = h("select", { id, "aria-label": `Place of: ${text}` }, places);
    place.addEventListener("change", () => this.#move(key, Number(place.value), place));
    const [up, down] = [button("↑", "Move up", -1), button("↓", "Move down", 1)];
    const node = h(
      "li",
      { class: "hvq-step" },
      h("div", { class: "hvq-moves" }, place, up, down),
      h("span", { class: "hvq-step-text" }, text),
    );
    return { node, up, down, place };
  }

  #move(key, to, control) {
    const from = this.order.indexOf(key);
    if (to < 0 || to >= this.order.length || to === from) return;
    this.order.splice(from, 1);
    this.order.splice(to, 0, key);
    this.#draw();
    // At the end of the list the button that was pressed is off; its neighbor takes the focus.
    const line = this.lines.get(key);
    const next = control.disabled ? (control === line.up ? line.down : line.up) : control;
    next.focus();
    this.news.textContent = `${this.question.steps[key]}: now in place ${to + 1} of ${this.order.length}`;
    this.onInput();
  }

  #draw() {
    this.order.forEach((key, index) => {
      const { node, up, down, place } = this.lines.get(key);
      up.disabled = index === 0;
      down.disabled = index === this.order.length - 1;
      place.value = String(index);
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
  }
}

/** The steps for a response, in the order given so far. */
export function form(question, response, { onInput }) {
  const steps = new Steps(question, response, onInput);
  return {
    node: steps.node,
    read: () => ({ order: [...steps.order] }),
    target: () => steps.lines.get(steps.order[0]).place,
  };
}

/** The response as text. */
export function view(question, response) {
  const order = response?.order ?? [];
  if (order.length === 0) return h("p", { class: "hvq-nothing" }, "Nothing is put in order here.");
  return h(
    "ol",
    { class: "hvq-ordered" },
    order.map((key) => h("li", {}, question.steps[key] ?? key)),
  );
}
