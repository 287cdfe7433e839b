// Ties between two of the people and places around the family, as a part of the form.

import { h, uid } from "./dom.js";
import { TieFields } from "./ecomap-fields.js";
import { nameOf, otherTies, tieInWords } from "./ecomap-words.js";

const keyOf = ({ from, to }) => [from, to].sort().join();

/** The folded part with a list of such ties and two selects to add one. */
export class OtherTies {
  constructor(model, { onRemove }) {
    Object.assign(this, { model, onRemove, entries: new Map() });
    this.list = h("ul", { class: "hve-people" });
    this.selects = ["Between", "and"].map((caption) => {
      const id = uid("hve-end");
      return { label: h("label", { for: id }, caption), control: h("select", { id }) };
    });
    this.problem = h("p", { class: "hvq-problem", role: "alert", hidden: true });
    const add = h(
      "button",
      { type: "button", class: "hvq-button", on: { click: () => this.#add() } },
      "Draw this tie",
    );
    const ends = this.selects.map(({ label, control }) => h("div", { class: "hvq-field" }, label, control));
    this.adding = h("div", { class: "hve-ends" }, ends, add, this.problem);
    this.summary = h("summary", {});
    this.node = h("details", { class: "hve-others" }, this.summary, this.list, this.adding);
    this.redraw();
  }

  redraw() {
    const ties = otherTies(this.model);
    const keys = ties.map(keyOf);
    for (const [key, entry] of this.entries) {
      if (keys.includes(key)) continue;
      entry.node.remove();
      this.entries.delete(key);
    }
    for (const tie of ties) {
      if (this.entries.has(keyOf(tie))) continue;
      const entry = this.#entry(tie);
      this.entries.set(keyOf(tie), entry);
      this.list.append(entry.node);
    }
    this.refresh();
  }

  refresh() {
    const count = this.entries.size;
    this.summary.textContent = `Ties between two of them (${count})`;
    this.node.hidden = this.model.people.length < 2;
    for (const { control } of this.selects) this.#fill(control);
    for (const entry of this.entries.values()) entry.refresh();
  }

  #fill(select) {
    const chosen = select.value;
    const options = this.model.people.map(({ id }) => h("option", { value: id }, nameOf(this.model, id)));
    select.replaceChildren(h("option", { value: "" }, "Choose"), ...options);
    select.value = this.model.person(chosen) ? chosen : "";
  }

  #entry({ from, to }) {
    const fields = new TieFields(this.model, from, to);
    const title = h("p", { class: "hve-between" });
    const gone = h("button", {
      type: "button",
      class: "hvq-button hvq-quiet",
      on: { click: () => this.onRemove(from, to) },
    });
    const refresh = () => {
      const [first, second] = [from, to].map((id) => nameOf(this.model, id));
      title.replaceChildren(
        h("strong", {}, h("bdi", {}, first), " and ", h("bdi", {}, second)),
        `: ${tieInWords(this.model, this.model.tie(from, to))}`,
      );
      gone.textContent = `Remove the tie between ${first} and ${second}`;
      fields.refresh();
    };
    refresh();
    return {
      node: h(
        "li",
        { class: "hve-entry hve-open" },
        title,
        h("div", { class: "hve-panel" }, fields.node, gone),
      ),
      refresh,
    };
  }

  #add() {
    const [first, second] = this.selects.map(({ control }) => control.value);
    const problem = this.#problemWith(first, second);
    this.problem.hidden = !problem;
    this.problem.textContent = problem;
    if (problem) {
      this.selects[first ? 1 : 0].control.focus();
      return;
    }
    this.model.setTie(first, second, {});
    for (const { control } of this.selects) control.value = "";
    this.list.lastElementChild.querySelector("input").focus();
  }

  #problemWith(first, second) {
    if (!first || !second) return "Choose both ends of the tie.";
    if (first === second) return "A tie needs two different ends. Choose another one.";
    if (this.model.tie(first, second))
      return "There is a tie between these two already. It stands in the list above.";
    return "";
  }
}
