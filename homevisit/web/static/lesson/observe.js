// Observe: rows of what one saw or heard, and beside each what one thinks it means.

import { growing, h, uid } from "./dom.js";

const MOST_ROWS = 100;
const SAW = "What I saw or heard";
const MEANING = "What I think it means (optional)";
const MOMENT = "Moment (minute:second, optional)";

export const label = "Observe";

const blankRow = () => ({ saw: "", meaning: "", at: "" });
const isBlankRow = (row) => !row.saw.trim() && !row.meaning.trim() && !row.at.trim();

/** "1.30", "1 30" and "130" are typed more easily on a phone than "1:30". */
export function moment(text) {
  const [, minutes, seconds] =
    text.trim().match(/^(\d{1,3})[.,;\s-]([0-5]\d)$/) ?? text.trim().match(/^(\d{1,2})([0-5]\d)$/) ?? [];
  if (minutes !== undefined) return `${minutes}:${seconds}`;
  return /^[0-5]?\d$/.test(text.trim()) ? `0:${text.trim().padStart(2, "0")}` : text.trim();
}

function field(caption, attributes, tag = "textarea") {
  const id = uid("hvq-field");
  const control = h(tag, { id, ...attributes });
  return { control, node: h("div", { class: "hvq-field" }, h("label", { for: id }, caption), control) };
}

class Row {
  constructor(values, { isTimed, onInput, onRemove }) {
    const on = { input: onInput };
    this.saw = field(SAW, { class: "hvq-saw", rows: 2, value: values.saw ?? "", on });
    this.meaning = field(MEANING, { class: "hvq-meaning", rows: 2, value: values.meaning ?? "", on });
    growing(this.saw.control);
    growing(this.meaning.control);
    this.at =
      isTimed &&
      field(
        MOMENT,
        { class: "hvq-at", value: values.at ?? "", placeholder: "1:30", autocomplete: "off", on },
        "input",
      );
    if (this.at) {
      this.at.control.addEventListener("change", () => {
        this.at.control.value = moment(this.at.control.value);
        onInput();
      });
    }
    this.legend = h("legend", {});
    this.remove = h(
      "button",
      { type: "button", class: "hvq-button hvq-quiet hvq-remove", on: { click: () => onRemove(this) } },
      "Remove",
    );
    const fields = h("div", { class: "hvq-pair" }, this.saw.node, this.meaning.node);
    this.node = h(
      "li",
      { class: "hvq-row" },
      h("fieldset", {}, this.legend, this.at && this.at.node, fields, this.remove),
    );
  }

  read() {
    return {
      saw: this.saw.control.value,
      meaning: this.meaning.control.value,
      at: this.at ? this.at.control.value : "",
    };
  }

  number(position, isOnly) {
    this.legend.textContent = `Observation ${position}`;
    this.remove.setAttribute("aria-label", `Remove observation ${position}`);
    this.remove.hidden = isOnly;
  }
}

class Rows {
  constructor(question, response, onInput) {
    this.rows = [];
    this.onInput = onInput;
    this.isTimed = question.timed === true;
    this.list = h("ol", { class: "hvq-rows" });
    this.note = h("p", { class: "hvq-undo", role: "status" });
    this.addButton = h(
      "button",
      { type: "button", class: "hvq-button hvq-add", on: { click: () => this.add() } },
      "Add another observation",
    );
    this.tip = h("span", { class: "hvq-tip" }, "or press Ctrl and Enter");
    const more = h("p", { class: "hvq-more" }, this.addButton, " ", this.tip);
    this.node = h(
      "div",
      { class: "hvq-observations", on: { keydown: (event) => this.#key(event) } },
      this.list,
      this.note,
      more,
    );
    for (const row of response?.rows?.length ? response.rows : [blankRow()])
      this.#insert(row, this.rows.length);
    this.#renumber();
  }

  read() {
    return { rows: this.rows.map((row) => row.read()) };
  }

  add() {
    if (this.rows.length >= MOST_ROWS) {
      this.note.textContent = `There is room for ${MOST_ROWS} observations.`;
      return;
    }
    const row = this.#insert(blankRow(), this.rows.length);
    this.#renumber();
    row.saw.control.focus();
  }

  /** The field that a sentence such as "In observation 2, write the time …" speaks of; otherwise the first empty one. */
  target(sentence = "") {
    const named = this.rows[Number(sentence.match(/\bobservation (\d+)/)?.[1]) - 1];
    if (named) return (/\btime\b/.test(sentence) && named.at?.control) || named.saw.control;
    return (this.rows.find((row) => !row.saw.control.value.trim()) ?? this.rows[0]).saw.control;
  }

  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.add();
  }

  #insert(values, position) {
    const row = new Row(values, {
      isTimed: this.isTimed,
      onInput: this.onInput,
      onRemove: (gone) => this.#remove(gone),
    });
    this.list.insertBefore(row.node, this.list.children[position] ?? null);
    this.rows.splice(position, 0, row);
    return row;
  }

  #remove(row) {
    const position = this.rows.indexOf(row);
    const values = row.read();
    this.rows.splice(position, 1);
    row.node.remove();
    this.#renumber();
    this.onInput();
    if (isBlankRow(values)) {
      this.note.replaceChildren();
      this.rows[Math.max(0, position - 1)].saw.control.focus();
      return;
    }
    const undo = h("button", { type: "button", class: "hvq-button hvq-quiet" }, "Undo");
    undo.addEventListener("click", () => {
      const back = this.#insert(values, Math.min(position, this.rows.length));
      this.note.replaceChildren();
      this.#renumber();
      this.onInput();
      back.saw.control.focus();
    });
    this.note.replaceChildren("Observation removed. ", undo);
    undo.focus();
  }

  #renumber() {
    this.rows.forEach((row, index) => row.number(index + 1, this.rows.length === 1));
  }
}

/** The fields for a response. */
export function form(question, response, { onInput }) {
  const rows = new Rows(question, response, onInput);
  return { node: rows.node, read: () => rows.read(), target: (sentence) => rows.target(sentence) };
}

/** The response as text. */
export function view(question, response) {
  const rows = (response?.rows ?? []).filter((row) => !isBlankRow({ ...blankRow(), ...row }));
  if (rows.length === 0) return h("p", { class: "hvq-nothing" }, "Nothing is written here.");
  const item = (row) =>
    h(
      "li",
      {},
      row.at && h("span", { class: "hvq-moment" }, row.at),
      h("p", { class: "hvq-said" }, row.saw),
      row.meaning &&
        h("p", { class: "hvq-meant" }, h("span", { class: "hvq-tag" }, "It may mean"), " ", row.meaning),
    );
  return h("ol", { class: "hvq-seen" }, rows.map(item));
}
