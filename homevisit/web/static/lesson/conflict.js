// Shows two versions of one response, written on two devices or in two windows, and lets the learner choose.

import { h } from "./dom.js";
import { clock } from "./words.js";

function version(title, content, caption, choose) {
  const button = h("button", { type: "button", class: "hvq-button", on: { click: choose } }, caption);
  return h("div", { class: "hvq-version" }, h("h4", {}, title), content, h("p", {}, button));
}

/** The choice between the text of this device and the one the server holds. */
export function conflictChoice(record, view, titleId) {
  const theirs = record.conflict;
  return h(
    "div",
    { class: "hvq-conflict", role: "group", "aria-labelledby": titleId },
    h(
      "h4",
      { class: "hvq-conflict-title", id: titleId, tabindex: -1 },
      "You also wrote in another window or on another device",
    ),
    h("p", {}, "Both versions are kept. Choose which one to go on with; the other stays in view below it."),
    h(
      "div",
      { class: "hvq-versions" },
      version("Here", view(record.response), "Use this one", () => record.settle(true)),
      version(`In the other place, ${clock(theirs.saved_at)}`, view(theirs.response), "Use the other", () =>
        record.settle(false),
      ),
    ),
  );
}

/** The version that was not used, for looking up and copying. */
export function setAsideNote(record, view) {
  if (!record.setAside) return null;
  return h(
    "details",
    { class: "hvq-aside" },
    h("summary", {}, "The version you did not use"),
    view(record.setAside),
  );
}
