// The drawing of an EcoMap to work in: choose, move, zoom; by keyboard, by button, by mouse and by finger.

import { h, uid } from "./dom.js";
import { fillDrawing, shapeInWords } from "./ecomap-drawing.js";
import { frameOf, layout } from "./ecomap-layout.js";
import { FAMILY, nameOf } from "./ecomap-words.js";
import { s } from "./svg.js";

const STEP = 24;
const DRAG_PX = 5;
const READABLE = 0.6;
const LARGEST = 2.4;
const ZOOM = 1.3;
const WAYS = [
  { key: "ArrowLeft", dx: -1, dy: 0, way: "left", arrow: "←", edge: "⇤", side: "on the left" },
  { key: "ArrowRight", dx: 1, dy: 0, way: "right", arrow: "→", edge: "⇥", side: "on the right" },
  { key: "ArrowUp", dx: 0, dy: -1, way: "up", arrow: "↑", edge: "⤒", side: "above" },
  { key: "ArrowDown", dx: 0, dy: 1, way: "down", arrow: "↓", edge: "⤓", side: "below" },
];
const HELP = [
  "With the keyboard: arrow keys go from one shape to the next, Shift with an arrow key moves it, Enter opens its form.",
  "With mouse or finger: choose a shape, then pull it where you want it, or use the arrow buttons.",
].join(" ");

const button = (caption, click, attributes = {}) =>
  h("button", { type: "button", class: "hvq-button hve-small", on: { click }, ...attributes }, caption);

/** Calls `onSelect(id)` when a shape is chosen, `onEdit(id)` to open its form, `onMoved(id, back)` when it was moved. */
export class Canvas {
  constructor(model, { onSelect, onMoved, onEdit, announce }) {
    Object.assign(this, {
      model,
      onSelect,
      onMoved,
      onEdit,
      announce,
      selected: null,
      zoom: null,
      drag: null,
    });
    const helpId = uid("hve-help");
    this.svg = s("svg", {
      class: "hve-drawing",
      role: "listbox",
      "aria-label": "Drawing of the map",
      "aria-describedby": helpId,
    });
    this.region = h("div", { class: "hve-region" }, this.svg);
    this.panning = h(
      "span",
      { class: "hve-group", role: "group", "aria-label": "Move the view" },
      WAYS.map(({ dx, dy, edge, side }) =>
        button(edge, () => this.#pan(dx, dy), { "aria-label": `Show more ${side}` }),
      ),
    );
    const zooming = h(
      "span",
      { class: "hve-group", role: "group", "aria-label": "Size of the drawing" },
      button("−", () => this.#zoomBy(1 / ZOOM), { "aria-label": "Smaller" }),
      button("+", () => this.#zoomBy(ZOOM), { "aria-label": "Larger" }),
      button("Whole map", () => this.#setZoom("whole")),
    );
    this.bar = h("div", { class: "hve-bar", role: "group", "aria-label": "The chosen one" });
    this.node = h(
      "div",
      { class: "hve-canvas" },
      h("div", { class: "hve-tools" }, zooming, this.panning),
      this.region,
      this.bar,
      h("p", { class: "hve-hint", id: helpId }, HELP),
    );
    this.#listen();
    this.draw();
  }

  /** Draw the map as it is now; the focus stays with the shape that has it. */
  draw() {
    const focused = this.svg.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    this.places = layout(this.model);
    if (this.drag?.spot) this.places.set(this.drag.id, this.drag.spot);
    else this.frame = frameOf(this.places);
    fillDrawing(this.svg, this.model, { places: this.places, frame: this.frame, selected: this.selected });
    const [lines, signs] = this.svg.children;
    for (const group of [lines, signs]) group.setAttribute("aria-hidden", "true");
    for (const shape of this.svg.querySelectorAll("[data-id]")) this.#dress(shape);
    if (focused) this.svg.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
    this.#size();
    this.#drawBar();
  }

  select(id) {
    this.selected = id;
    this.draw();
    if (id) this.#reveal(id);
  }

  #dress(shape) {
    const { id } = shape.dataset;
    const isCurrent = id === (this.selected ?? FAMILY);
    shape.setAttribute("role", "option");
    shape.setAttribute("tabindex", isCurrent ? 0 : -1);
    shape.setAttribute("aria-selected", String(id === this.selected));
    shape.setAttribute("aria-label", shapeInWords(this.model, id));
    shape.classList.add("hve-shape");
  }

  #drawBar() {
    const id = this.selected;
    const key = id && `${id} ${nameOf(this.model, id)}`;
    if (this.barKey === key && this.bar.firstChild) return;
    this.barKey = key;
    if (!id) {
      this.bar.replaceChildren(
        h("p", { class: "hve-hint" }, "Choose a shape in the drawing, or a name in the list."),
      );
      return;
    }
    const arrows = WAYS.map((way) =>
      button(way.arrow, () => this.#move(id, way), {
        "aria-label": `Move ${nameOf(this.model, id)} ${way.way}`,
      }),
    );
    this.bar.replaceChildren(
      h("p", { class: "hve-chosen" }, "Chosen: ", h("strong", { dir: "auto" }, nameOf(this.model, id))),
      button("Edit", () => this.onEdit(id)),
      ...(id === FAMILY ? [] : [h("span", { class: "hve-group" }, arrows)]),
    );
  }

  #listen() {
    this.svg.addEventListener("keydown", (event) => this.#key(event));
    this.svg.addEventListener("click", (event) => this.#click(event));
    // Under a finger the chosen shape moves, and everywhere else the page; `touch-action` is not heeded inside SVG.
    this.svg.addEventListener(
      "touchstart",
      (event) => {
        const shape = event.target.closest('[aria-selected="true"]');
        if (shape && shape.dataset.id !== FAMILY && event.cancelable) event.preventDefault();
      },
      { passive: false },
    );
    this.svg.addEventListener("pointerdown", (event) => this.#grab(event));
    this.svg.addEventListener("pointermove", (event) => this.#pull(event));
    this.svg.addEventListener("pointerup", () => this.#drop());
    this.svg.addEventListener("pointercancel", () => this.#drop());
    new ResizeObserver(() => this.#size()).observe(this.region);
  }

  #key(event) {
    const id = event.target.closest?.("[data-id]")?.dataset.id;
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    const ids = [FAMILY, ...this.model.people.map((person) => person.id)];
    const way = WAYS.find(({ key }) => key === event.key);
    if (event.shiftKey && way) {
      if (id !== FAMILY) this.#move(id, way);
    } else if (way) {
      const next = ids.indexOf(id) + way.dx + way.dy;
      this.#choose(ids[Math.max(0, Math.min(ids.length - 1, next))]);
    } else if (event.key === "Home" || event.key === "End") {
      this.#choose(event.key === "Home" ? FAMILY : ids.at(-1));
    } else if (event.key === "Enter" || event.key === " ") {
      this.onEdit(id);
    } else return;
    event.preventDefault();
  }

  #choose(id) {
    this.onSelect(id);
    this.svg.querySelector(`[data-id="${id}"]`)?.focus({ preventScroll: true });
  }

  #click(event) {
    const id = event.target.closest("[data-id]")?.dataset.id;
    if (id && !this.justDragged) this.#choose(id);
    this.justDragged = false;
  }

  #move(id, { dx, dy, way }) {
    const { x, y } = this.places.get(id);
    this.onMoved(id, this.model.place(id, x + dx * STEP, y + dy * STEP));
    this.#reveal(id);
    this.announce(`${nameOf(this.model, id)} moved ${way}.`);
  }

  #grab(event) {
    this.justDragged = false;
    const id = event.target.closest("[data-id]")?.dataset.id;
    // A finger first chooses by a tap; otherwise nobody could scroll the page over the drawing.
    if (!id || id === FAMILY || event.button !== 0) return;
    if (event.pointerType !== "mouse" && id !== this.selected) return;
    this.drag = {
      id,
      pointer: event.pointerId,
      from: [event.clientX, event.clientY],
      start: this.places.get(id),
      spot: null,
    };
  }

  #pull(event) {
    const { drag } = this;
    if (!drag || event.pointerId !== drag.pointer) return;
    const [dx, dy] = [event.clientX - drag.from[0], event.clientY - drag.from[1]];
    if (!drag.spot && Math.hypot(dx, dy) < DRAG_PX) return;
    if (!drag.spot) this.svg.setPointerCapture(event.pointerId);
    drag.spot = { x: drag.start.x + dx / this.scale, y: drag.start.y + dy / this.scale };
    this.draw();
  }

  #drop() {
    const { drag } = this;
    this.drag = null;
    if (!drag?.spot) return;
    this.justDragged = true;
    this.onSelect(drag.id);
    this.onMoved(drag.id, this.model.place(drag.id, drag.spot.x, drag.spot.y));
  }

  #pan(dx, dy) {
    const { clientWidth, clientHeight } = this.region;
    this.region.scrollBy(dx * clientWidth * 0.4, dy * clientHeight * 0.4);
  }

  #zoomBy(factor) {
    this.#setZoom(Math.max(Math.min(0.3, this.fit), Math.min(LARGEST, this.scale * factor)));
  }

  #setZoom(zoom) {
    this.zoom = zoom;
    this.#size();
    this.announce(`The drawing is shown at ${Math.round(this.scale * 100)} percent.`);
  }

  get fit() {
    return this.region.clientWidth / this.frame.width;
  }

  #size() {
    const { region, frame } = this;
    if (!region.clientWidth || this.drag?.spot) return;
    const scale =
      this.zoom === "whole"
        ? Math.min(this.fit, 1)
        : (this.zoom ?? Math.max(READABLE, Math.min(this.fit, 1)));
    const middle = this.scale
      ? {
          x: (region.scrollLeft + region.clientWidth / 2) / this.scale + this.shown.x,
          y: (region.scrollTop + region.clientHeight / 2) / this.scale + this.shown.y,
        }
      : { x: 0, y: 0 };
    Object.assign(this, { scale, shown: frame });
    this.svg.style.width = `${frame.width * scale}px`;
    this.svg.style.height = `${frame.height * scale}px`;
    region.scrollLeft = (middle.x - frame.x) * scale - region.clientWidth / 2;
    region.scrollTop = (middle.y - frame.y) * scale - region.clientHeight / 2;
    this.panning.hidden =
      region.scrollWidth <= region.clientWidth + 1 && region.scrollHeight <= region.clientHeight + 1;
  }

  /** Scroll inside the drawing, and only there, until a shape is in view. */
  #reveal(id) {
    const { region, scale, frame } = this;
    const spot = this.places.get(id);
    if (!spot || !scale) return;
    const [x, y] = [(spot.x - frame.x) * scale, (spot.y - frame.y) * scale];
    const [wide, high] = [85 * scale, 45 * scale];
    if (x - wide < region.scrollLeft || x + wide > region.scrollLeft + region.clientWidth)
      region.scrollLeft = x - region.clientWidth / 2;
    if (y - high < region.scrollTop || y + high > region.scrollTop + region.clientHeight)
      region.scrollTop = y - region.clientHeight / 2;
  }
}
