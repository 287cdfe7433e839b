// What an EcoMap can hold, and how its parts are said; the server has the same names in course/ecomap.py.

export const FAMILY = "family";
export const MOST_PEOPLE = 60;
export const LONGEST_NAME = 200;

export const KINDS = {
  family: "family member",
  friend: "friend",
  neighbor: "neighbor",
  coworker: "co-worker",
  group: "group or club",
  faith: "place of worship",
  service: "service or agency",
  place: "school, child care or work",
};
export const STRENGTHS = {
  strong: "strong",
  weak: "weak",
  stressful: "stressful",
  "strong-stressful": "strong and stressful",
};
export const SUPPORTS = {
  emotional: "listens, encourages, sees what goes well",
  informational: "knows something and says it",
  instrumental: "does, pays or lends something",
  spiritual: "gives hope and courage",
};
/** What stands on a line of the drawing. */
export const SIGNS = {
  emotional: "Em",
  informational: "Inf",
  instrumental: "Ins",
  spiritual: "Sp",
};

// Marks that turn the direction of all text after them.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name as one line that cannot turn the text around it. */
export function shownName(text, otherwise = "someone without a name") {
  return text.replace(TURNS, "").split(/\s+/).filter(Boolean).join(" ") || otherwise;
}

/** What an end of a tie is called. */
export function nameOf(map, id) {
  if (id === FAMILY) return shownName(map.center, "the family");
  return shownName(map.people.find((person) => person.id === id)?.name ?? "");
}

/** The tie between two ends, in whichever order. */
export function tieBetween(map, first, second) {
  return map.ties.find(
    ({ from, to }) => (from === first && to === second) || (from === second && to === first),
  );
}

/** "strong tie, both ways; emotional, spiritual support". */
export function tieInWords(map, tie) {
  if (!tie) return "no tie to the family is drawn";
  const way = tie.direction === "both" ? "both ways" : `one way, to ${nameOf(map, tie.to)}`;
  const support = tie.support.length > 0 ? `${tie.support.join(", ")} support` : "no kind of support named";
  return `${STRENGTHS[tie.strength]} tie, ${way}; ${support}`;
}

/** "Grandmother, family member: strong tie, …". */
export function personInWords(map, { id, kind }) {
  return `${nameOf(map, id)}, ${KINDS[kind]}: ${tieInWords(map, tieBetween(map, id, FAMILY))}`;
}

/** The ties that do not lead to the family in the middle. */
export function otherTies(map) {
  return map.ties.filter(({ from, to }) => from !== FAMILY && to !== FAMILY);
}
