// EcoMap: the people and places around a family, as a drawing and as a form in step with it.

import { h, uid } from "./dom.js";
import { Canvas } from "./ecomap-canvas.js";
import { stillDrawing } from "./ecomap-drawing.js";
import { exportButtons } from "./ecomap-export.js";
import { nameField } from "./ecomap-fields.js";
import { legend } from "./ecomap-legend.js";
import { PeopleList } from "./ecomap-list.js";
import { MapModel } from "./ecomap-model.js";
import { OtherTies } from "./ecomap-others.js";
import { FAMILY, nameOf, shownName } from "./ecomap-words.js";
import { wordsOf } from "./ecomap-wording.js";
import { keepButton } from "./keep.js";
import { writingPlace } from "./writing.js";

export const label = "EcoMap";

const MOST_UNDOS = 50;

class Editor {
  constructor(question, response, { onInput }) {
    Object.assign(this, { onInput, undos: [], selected: null });
    this.model = new MapModel(response ?? { center: question.family ?? "" });
    this.news = h("p", { class: "hvq-unseen", role: "status", "aria-live": "polite" });
    this.note = h("p", { class: "hvq-undo", role: "status" });
    const announce = (sentence) => {
      this.news.textContent = sentence;
    };
    this.canvas = new Canvas(this.model, {
      onSelect: (id) => this.select(id),
      onEdit: (id) => this.#edit(id),
      onMoved: (id, back) => this.#remember(`moving ${nameOf(this.model, id)}`, back),
      announce,
    });
    this.list = new PeopleList(this.model, {
      onSelect: (id) => this.select(id),
      onAdd: () => this.#add(),
      onRemove: (id) => this.#remove(id),
    });
    this.others = new OtherTies(this.model, {
      onRemove: (first, second) => this.#removeTie(first, second),
    });
    this.#build(question);
    this.model.addEventListener("change", ({ detail }) => this.#changed(detail.what));
  }

  #build(question) {
    const button = (caption, click) =>
      h("button", { type: "button", class: "hvq-button hve-small", on: { click } }, caption);
    this.family = nameField("What do you call the family?", this.model.center, {
      hint: "No real name: “the family on my Tuesday visit”.",
      asPerson: () => true,
      onInput: (value) => this.model.write(null, { center: value }),
    });
    this.undoButton = button("Undo", () => this.#undo());
    this.undoButton.classList.add("hve-undo");
    const tools = h(
      "div",
      { class: "hve-tools" },
      button("Arrange again", () => this.#arrange()),
      this.undoButton,
    );
    this.lookNext = writingPlace({
      text: this.model.lookNext,
      caption: "What I would like to look at next with the family",
      rows: 3,
      isCounted: false,
      onInput: () => this.model.write(null, { lookNext: this.lookNext.control.value }),
    });
    this.paper = h("div", { class: "hv-onpaper" });
    this.node = h(
      "div",
      { class: "hve-editor", on: { keydown: (event) => this.#key(event) } },
      rule(question),
      this.family.node,
      h(
        "div",
        { class: "hve-split" },
        h("div", { class: "hve-side" }, this.canvas.node, tools, legend()),
        h("div", { class: "hve-side" }, this.list.node, this.note, this.others.node),
      ),
      h("div", { class: "hvq-field" }, this.lookNext.nodes),
      this.paper,
      this.news,
    );
    this.#drawUndo();
    this.#drawPaper();
  }

  read() {
    return this.model.read();
  }

  /** Choose one in the drawing and open it in the list; null chooses nobody. */
  select(id) {
    this.selected = id;
    this.canvas.select(id);
    this.list.show(id);
  }

  /** The field that a sentence of the server speaks of. */
  target(sentence = "") {
    const [, quoted] = sentence.match(/“([^”]+?)…?”/) ?? [];
    const named = quoted && this.model.people.find(({ name }) => shownName(name).startsWith(quoted));
    const nameless = /without a name/.test(sentence) && this.model.people.find(({ name }) => !name.trim());
    const person = named || nameless;
    if (person) {
      if (this.selected !== person.id) this.select(person.id);
      return this.list.entries.get(person.id).fields.name.control;
    }
    return /look at next/.test(sentence) ? this.lookNext.control : this.list.addButton;
  }

  #changed(what) {
    if (this.selected && this.selected !== FAMILY && !this.model.person(this.selected)) this.selected = null;
    if (this.canvas.selected !== this.selected) this.canvas.selected = this.selected;
    this.canvas.draw();
    if (what === "people") this.list.redraw();
    else if (what !== "places") this.list.refresh();
    if (what === "people" || what === "ties") this.others.redraw();
    else if (what === "words") this.others.refresh();
    this.#drawPaper();
    this.onInput();
  }

  #edit(id) {
    this.select(id);
    if (id === FAMILY) this.family.control.focus();
    else this.list.focus(id);
  }

  #add() {
    if (this.model.isFull) return;
    this.note.replaceChildren();
    this.#edit(this.model.add());
  }

  #remove(id) {
    const name = nameOf(this.model, id);
    this.#remember(`taking ${name} off the map`, this.model.remove(id));
    this.#offerUndo(`${name} is off the map. `);
  }

  #removeTie(first, second) {
    const names = `${nameOf(this.model, first)} and ${nameOf(this.model, second)}`;
    this.#remember(`removing the tie between ${names}`, this.model.dropTie(first, second));
    this.#offerUndo(`The tie between ${names} is removed. `);
  }

  #arrange() {
    this.#remember("arranging again", this.model.arrange());
    this.news.textContent = "Everybody has a new place around the family.";
  }

  #offerUndo(sentence) {
    const undo = h(
      "button",
      { type: "button", class: "hvq-button hvq-quiet", on: { click: () => this.#undo() } },
      "Undo",
    );
    this.note.replaceChildren(sentence, undo);
    undo.focus();
  }

  #remember(what, back) {
    this.undos = [...this.undos.slice(1 - MOST_UNDOS), { what, back }];
    this.note.replaceChildren();
    this.#drawUndo();
  }

  #undo() {
    const last = this.undos.pop();
    if (!last) return;
    const wasHere = this.note.contains(document.activeElement);
    last.back();
    this.note.replaceChildren();
    this.#drawUndo();
    if (wasHere) this.list.addButton.focus();
    this.news.textContent = `Taken back: ${last.what}.`;
  }

  #drawUndo() {
    const last = this.undos.at(-1);
    this.undoButton.textContent = last ? `Undo ${last.what}` : "Undo";
    if (last) this.undoButton.removeAttribute("aria-disabled");
    else this.undoButton.setAttribute("aria-disabled", "true");
  }

  #drawPaper() {
    this.paper.replaceChildren(wordsOf(this.model.read()));
  }

  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#add();
  }
}

function rule({ rule_lines: lines }) {
  if (!lines?.length) return null;
  const titleId = uid("hve-rule");
  return h(
    "div",
    { class: "hve-rule", role: "group", "aria-labelledby": titleId },
    h("p", { class: "hve-title", id: titleId }, "A complete map has"),
    h(
      "ul",
      {},
      lines.map((line) => h("li", {}, line)),
    ),
    h("p", { class: "hve-hint" }, "Each of these counts the same. What you draw, and how, is up to you."),
  );
}

/** The editor for a map. */
export function form(question, response, options) {
  const editor = new Editor(question, response, options);
  return {
    node: editor.node,
    read: () => editor.read(),
    target: (sentence) => editor.target(sentence),
    along: options.isPaper ? exportButtons(() => editor.read()) : null,
  };
}

/** The map as a drawing and in words. */
export function view(question, response) {
  const map = new MapModel(response).read();
  if (map.people.length === 0) return h("p", { class: "hvq-nothing" }, "Nothing is drawn here.");
  return h("div", { class: "hve-view" }, stillDrawing(map), wordsOf(map), legend());
}

/** What a check gave: each part of the rule, met or not, and how somebody else drew it. */
export function feedback({ rule: parts, examples, held_back: isHeldBack }) {
  const line = ({ text, met, have }) =>
    h(
      "li",
      { class: met ? "hvq-right" : "hvq-wrong" },
      h(
        "p",
        { class: "hvq-judged" },
        h("span", { class: met ? "hvq-verdict hvq-yes" : "hvq-verdict hvq-no" }, met ? "There" : "Not yet"),
        " ",
        h("strong", {}, text[0].toUpperCase() + text.slice(1)),
      ),
      h("p", {}, have),
    );
  return [
    h("ul", { class: "hvq-results" }, parts.map(line)),
    isHeldBack &&
      h("p", { class: "hvq-note" }, "After your next try you can read what one can see on such a map."),
    examples?.length > 0 &&
      h(
        "div",
        { class: "hvq-part" },
        h("h5", { class: "hvq-part-title" }, "What one can see on such a map"),
        h(
          "ul",
          { class: "hvq-examples" },
          examples.map((example) => h("li", {}, example)),
        ),
      ),
  ];
}

/** The button that keeps a copy among one's tools. */
export function keeping(read, lesson) {
  return keepButton("ecomap", label, read, lesson);
}
