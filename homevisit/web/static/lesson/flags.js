// Words that judge or guess, each with an invitation to say what was seen or heard.

import { h } from "./dom.js";

/** Said below flags that stand beside a score. */
export const COSTS_NOTHING =
  "These cost no points. A program looked for words on a list; it can point at one that is fine here. What you think it means has its own column.";

/** The invitations of some flags, one on a line. */
export function invitations(flags) {
  const line = ({ invitation, language }) => h("li", {}, h("p", { lang: language }, invitation));
  return h("ul", { class: "hvq-flags" }, flags.map(line));
}

/** The invitations by row; `nameOf` says of a flag how its row is called. */
export function invitationsByRow(flags, nameOf = ({ row }) => `Observation ${row}`) {
  const rows = new Map();
  for (const flag of flags) rows.set(flag.row, [...(rows.get(flag.row) ?? []), flag]);
  const part = (found) => h("li", {}, h("p", { class: "hvq-tag" }, nameOf(found[0])), invitations(found));
  return h("ul", { class: "hvq-flagged" }, [...rows.values()].map(part));
}
