// An EcoMap in words, for the page, for paper and for whoever cannot see the drawing.

import { h } from "./dom.js";
import { FAMILY, KINDS, nameOf, otherTies, tieBetween, tieInWords } from "./ecomap-words.js";

function note(tie) {
  return tie?.note.trim() ? h("p", { class: "hvq-prose hve-note", dir: "auto" }, tie.note.trim()) : null;
}

/** A map as lists: the people and places with their ties, the ties between them, what to look at next. */
export function wordsOf(map) {
  const person = ({ id, kind }) => {
    const tie = tieBetween(map, id, FAMILY);
    const facts = `${KINDS[kind]}: ${tieInWords(map, tie)}`;
    return h("li", {}, h("strong", {}, h("bdi", {}, nameOf(map, id))), `, ${facts}`, note(tie));
  };
  const between = (tie) => {
    const [first, second] = [tie.from, tie.to].map((id) => h("bdi", {}, nameOf(map, id)));
    return h("li", {}, h("strong", {}, first, " and ", second), `: ${tieInWords(map, tie)}`, note(tie));
  };
  const others = otherTies(map);
  return h(
    "div",
    { class: "hve-words" },
    h("p", { class: "hve-title" }, "Around ", h("bdi", {}, nameOf(map, FAMILY))),
    h("ul", {}, map.people.map(person)),
    others.length > 0 && [h("p", { class: "hve-title" }, "Between them"), h("ul", {}, others.map(between))],
    map.look_next.trim() && [
      h("p", { class: "hve-title" }, "To look at next"),
      h("p", { class: "hvq-prose", dir: "auto" }, map.look_next.trim()),
    ],
  );
}
