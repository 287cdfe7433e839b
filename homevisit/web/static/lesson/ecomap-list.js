// The people and places of an EcoMap as a list; each opens into a form of its own.

import { h, uid } from "./dom.js";
import { nameField, TieFields } from "./ecomap-fields.js";
import { FAMILY, KINDS, MOST_PEOPLE, nameOf, tieInWords } from "./ecomap-words.js";

const PERSONAL = new Set(["family", "friend", "neighbor", "coworker"]);
const ROLE = "A role, no real name: “grandmother”, “neighbor A”, “the clinic”.";

class Entry {
  constructor(model, id, { onToggle, onRemove }) {
    Object.assign(this, { model, id, onRemove, fields: null });
    const panelId = uid("hve-panel");
    this.name = h("strong", { dir: "auto" });
    this.facts = h("span", {});
    this.head = h(
      "button",
      {
        type: "button",
        class: "hve-head",
        "aria-expanded": "false",
        "aria-controls": panelId,
        on: { click: () => onToggle(id) },
      },
      this.name,
      " ",
      this.facts,
    );
    this.panel = h("div", { class: "hve-panel", id: panelId, hidden: true });
    this.node = h("li", { class: "hve-entry", "data-person": id }, this.head, this.panel);
    this.refresh();
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  open(isOpen) {
    if (isOpen && !this.fields) this.#build();
    this.panel.hidden = !isOpen;
    this.head.setAttribute("aria-expanded", String(isOpen));
    this.node.classList.toggle("hve-open", isOpen);
  }

  refresh() {
    const { kind } = this.model.person(this.id);
    this.name.textContent = nameOf(this.model, this.id);
    this.facts.textContent = `${KINDS[kind]}: ${tieInWords(this.model, this.model.tie(this.id, FAMILY))}`;
    this.fields?.tie.refresh();
    if (this.remove) this.remove.textContent = `Take ${nameOf(this.model, this.id)} off the map`;
  }

  focus() {
    this.fields.name.control.focus();
  }

  #build() {
    const { model, id } = this;
    const person = model.person(id);
    const name = nameField("Who or what is it?", person.name, {
      hint: ROLE,
      asPerson: () => PERSONAL.has(model.person(id)?.kind),
      onInput: (value) => model.write(id, { name: value }),
    });
    const kindId = uid("hve-kind");
    const kinds = Object.entries(KINDS).map(([value, caption]) => h("option", { value }, caption));
    const kind = h("select", { id: kindId }, kinds);
    kind.value = person.kind;
    kind.addEventListener("change", () => model.write(id, { kind: kind.value }));
    const tie = new TieFields(model, id, FAMILY);
    this.remove = h("button", {
      type: "button",
      class: "hvq-button hvq-quiet hve-remove",
      on: { click: () => this.onRemove(id) },
    });
    this.fields = { name, kind, tie };
    this.panel.append(
      name.node,
      h("div", { class: "hvq-field" }, h("label", { for: kindId }, "What kind?"), kind),
      tie.node,
      this.remove,
    );
    this.refresh();
  }
}

/** The list with its button; `onSelect(id)` is called when an entry is opened, with null when it is closed. */
export class PeopleList {
  constructor(model, { onSelect, onAdd, onRemove }) {
    Object.assign(this, { model, onSelect, onRemove, entries: new Map() });
    this.title = h("h4", { class: "hve-title" });
    this.list = h("ul", { class: "hve-people" });
    this.none = h(
      "p",
      { class: "hvq-nothing" },
      "Nobody is on the map yet. Begin with the person who helps most.",
    );
    this.full = h("p", { class: "hve-hint", role: "status" });
    this.addButton = h(
      "button",
      { type: "button", class: "hvq-button hve-add", on: { click: onAdd } },
      "Add a person or place",
    );
    const tip = h("span", { class: "hvq-tip" }, "or press Ctrl and Enter");
    const more = h("p", { class: "hvq-more" }, this.addButton, " ", tip);
    this.node = h("div", { class: "hve-listing" }, this.title, this.none, this.list, this.full, more);
    this.redraw();
  }

  /** Make the list hold just the people of the map; entries that stay keep what is typed. */
  redraw() {
    const ids = this.model.people.map(({ id }) => id);
    for (const [id, entry] of this.entries) {
      if (ids.includes(id)) continue;
      entry.node.remove();
      this.entries.delete(id);
    }
    ids.forEach((id, index) => {
      if (!this.entries.has(id)) this.entries.set(id, this.#entry(id));
      const { node } = this.entries.get(id);
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
    this.refresh();
  }

  refresh() {
    const count = this.model.people.length;
    this.title.textContent = `People and places (${count})`;
    this.none.hidden = count > 0;
    this.addButton.toggleAttribute("aria-disabled", this.model.isFull);
    if (this.model.isFull) this.addButton.setAttribute("aria-disabled", "true");
    const text = this.model.isFull
      ? `The map is full: there is room for ${MOST_PEOPLE} people and places. Take one off, or draw a second map.`
      : "";
    if (this.full.textContent !== text) this.full.textContent = text;
    for (const entry of this.entries.values()) entry.refresh();
  }

  /** Open one entry and close the others; null closes all. */
  show(id) {
    for (const [own, entry] of this.entries) if (entry.isOpen !== (own === id)) entry.open(own === id);
  }

  focus(id) {
    this.entries.get(id)?.focus();
  }

  #entry(id) {
    const onToggle = () => this.onSelect(this.entries.get(id).isOpen ? null : id);
    return new Entry(this.model, id, { onToggle, onRemove: this.onRemove });
  }
}
