// The types of question as a group session draws them: the very forms of a lesson.

import * as checklist from "./checklist.js";
import * as choose from "./choose.js";
import * as commitment from "./commitment.js";
import { LaterView } from "./later.js";
import * as observe from "./observe.js";
import * as order from "./order.js";
import * as reflect from "./reflect.js";
import * as rephrase from "./rephrase.js";
import * as respond from "./respond.js";
import * as sort from "./sort.js";

const KINDS = { checklist, choose, commitment, observe, order, reflect, rephrase, respond, sort };
const TOOLS = new Set(["ecomap", "plan", "watch"]);
// A second vote starts from nothing; a second text starts from the first.
const FRESH = new Set(["choose", "sort", "order", "checklist"]);

/** Call `draw(kind)` into `el` at once, or as soon as the type's script has come. */
export function withKind(el, type, draw) {
  if (KINDS[type]) return draw(KINDS[type]);
  if (TOOLS.has(type)) return new LaterView(el, type, draw);
  return null;
}

/** Whether writing once more starts from what was given first. */
export const startsFromFirst = (type) => !FRESH.has(type);

/** The question as a group is asked it; `leader` is the name of the person who leads. */
export const askedInGroup = (question, leader) => ({
  ...question,
  readers: `the group, without your name; ${leader || "the person who leads"}, with it`,
});
