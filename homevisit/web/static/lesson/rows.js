// A list of rows that one adds, moves and removes by buttons; what was removed can be brought back.

import { h } from "./dom.js";

/**
 * Rows of one kind.
 *
 * `makeRow(entry, onInput)` gives `{node, read, first}`: what stands in a row, its entry, and the control to begin
 * with; `opened` is called for a row that takes the focus. `place` is the name of the list in the content.
 */
export class RowList {
  constructor({ entries, place, noun, most, add, blank, makeRow, isBlank, onInput, canMove = true, least = 0, look = "" }) {
    Object.assign(this, { place, noun, most, blank, makeRow, isBlank, onInput, canMove, least, rows: [] });
    this.list = h("ol", { class: "hvq-tablerows" });
    this.note = h("p", { class: "hvq-undo", role: "status" });
    this.news = h("p", { class: "hvq-unseen", role: "status" });
    this.adding = h("button", { type: "button", class: "hvq-button", on: { click: () => this.add() } }, add);
    const keydown = (event) => this.#key(event);
    this.node = h(
      "div",
      { class: `hvq-table ${look}`, on: { keydown } },
      this.list,
      this.note,
      (this.more = h("p", { class: "hvq-more" }, this.adding)),
      this.news,
    );
    for (const entry of entries) this.#insert(entry, this.rows.length);
    this.#renumber();
  }

  read() {
    return this.rows.map(({ made }) => made.read());
  }

  /** Add an entry at the end and go to it; says so where there is room for no more. */
  add(entry = this.blank()) {
    if (this.rows.length >= this.most) {
      this.note.textContent = `There is room for ${this.most}. Remove one that you do not need.`;
      return;
    }
    const row = this.#insert(entry, this.rows.length);
    this.#changed();
    this.focus(row);
  }

  /** Put other entries in place of all. */
  replace(entries) {
    this.rows = [];
    this.list.replaceChildren();
    for (const entry of entries.slice(0, this.most)) this.#insert(entry, this.rows.length);
    this.note.replaceChildren();
    this.#changed();
  }

  focus(row) {
    row.made.open?.();
    row.made.first.focus();
  }

  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.add();
  }

  #insert(entry, position) {
    const made = this.makeRow(entry, () => this.onInput());
    const button = (caption, sign, click) =>
      h("button", { type: "button", class: `hvq-button ${sign ? "hvq-move" : "hvq-quiet"}`, on: { click } }, sign || caption);
    const row = { made };
    row.up = button("Move up", "↑", () => this.#move(row, -1));
    row.down = button("Move down", "↓", () => this.#move(row, 1));
    row.remove = button("Remove", "", () => this.#remove(row));
    const buttons = h("div", { class: "hvq-rowbuttons" }, this.canMove && [row.up, row.down], row.remove);
    row.node = h("li", { class: "hvq-tablerow" }, made.node, buttons);
    (made.buttons ?? row.node).append(buttons);
    this.list.insertBefore(row.node, this.list.children[position] ?? null);
    this.rows.splice(position, 0, row);
    return row;
  }

  #move(row, by) {
    const from = this.rows.indexOf(row);
    const to = from + by;
    if (to < 0 || to >= this.rows.length) return;
    const pressed = by < 0 ? row.up : row.down;
    this.rows.splice(from, 1);
    this.rows.splice(to, 0, row);
    this.list.insertBefore(row.node, this.list.children[by < 0 ? to : to + 1] ?? null);
    this.#changed();
    (pressed.disabled ? (pressed === row.up ? row.down : row.up) : pressed).focus();
    this.news.textContent = `Now ${this.noun} ${to + 1} of ${this.rows.length}`;
  }

  #remove(row) {
    const position = this.rows.indexOf(row);
    const entry = row.made.read();
    this.rows.splice(position, 1);
    row.node.remove();
    this.#changed();
    if (this.isBlank(entry)) {
      this.note.replaceChildren();
      const next = this.rows[Math.min(position, this.rows.length - 1)];
      (next?.remove.hidden === false ? next.remove : this.adding).focus();
      return;
    }
    const undo = h("button", { type: "button", class: "hvq-button hvq-quiet" }, "Undo");
    undo.addEventListener("click", () => {
      const back = this.#insert(entry, Math.min(position, this.rows.length));
      this.note.replaceChildren();
      this.#changed();
      this.focus(back);
    });
    this.note.replaceChildren(`${this.noun[0].toUpperCase()}${this.noun.slice(1)} ${position + 1} is removed. `, undo);
    undo.focus();
  }

  #changed() {
    this.#renumber();
    this.onInput();
  }

  #renumber() {
    this.rows.forEach((row, index) => {
      const name = `${this.noun} ${index + 1}`;
      row.node.dataset.place = `${this.place}.${index}`;
      row.up.disabled = index === 0;
      row.down.disabled = index === this.rows.length - 1;
      row.up.hidden = row.down.hidden = this.rows.length < 2;
      row.up.setAttribute("aria-label", `Move ${name} up`);
      row.down.setAttribute("aria-label", `Move ${name} down`);
      row.remove.setAttribute("aria-label", `Remove ${name}`);
      row.remove.hidden = this.rows.length <= this.least;
      row.made.number?.(index + 1);
    });
  }
}
