// Two EcoMaps beside each other: whoever is on both stands in the same place on both.

import { h } from "./dom.js";
import { stillDrawing } from "./ecomap-drawing.js";
import { frameOf, layout } from "./ecomap-layout.js";
import { legend } from "./ecomap-legend.js";
import { wordsOf } from "./ecomap-wording.js";

/** The places of both maps together, and a frame that holds them. */
function commonPlaces([before, after]) {
  const isOld = new Set(before.people.map(({ id }) => id));
  const people = [...before.people, ...after.people.filter(({ id }) => !isOld.has(id))];
  const places = layout({ people, ties: [...before.ties, ...after.ties] });
  return { places, frame: frameOf(places) };
}

/** Draw the maps of this page, if it is the one that compares two. */
export function startCompare() {
  const els = [...document.querySelectorAll("[data-hv-map]")];
  if (els.length !== 2) return;
  const maps = els.map((el) => JSON.parse(el.textContent));
  const shared = commonPlaces(maps);
  els.forEach((el, index) => {
    const map = maps[index];
    const placed = map.people.some(({ x }) => Number.isFinite(x));
    el.replaceChildren(stillDrawing(map, placed ? {} : shared), wordsOf(map));
  });
  const print = h(
    "button",
    { type: "button", class: "hv-second", on: { click: () => window.print() } },
    "Print",
  );
  document.querySelector("[data-hv-along]").append(print);
  els[1].closest(".hve-pairs").after(h("div", { class: "hvq-question" }, legend()));
}
