// What a participant says about a session that has ended.

import { ApiError } from "./api.js";
import { h, uid } from "./dom.js";
import { AWAY } from "./live-outbox.js";

const USEFUL = { 1: "Not useful", 2: "A little useful", 3: "Useful", 4: "Very useful" };

/** Two questions after the end. */
export function feedbackForm(live) {
  const name = uid("hvl-useful");
  const pills = Object.entries(USEFUL).map(([value, caption]) =>
    h("label", { class: "hvq-pill" }, h("input", { type: "radio", name, value }), h("span", {}, caption)),
  );
  const text = h("textarea", { id: uid("hvl-feedback"), rows: 3 });
  const problem = h("p", { class: "hvq-problem", role: "alert", hidden: true });
  const send = async (event) => {
    event.preventDefault();
    const useful = Number(form.querySelector("input:checked")?.value ?? 0);
    try {
      if (!useful) throw new ApiError("refused", "Choose how useful it was, then send.");
      await live.send("POST", "feedback", { useful, text: text.value });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem.textContent = error.kind === "away" ? AWAY : error.message;
      problem.hidden = false;
    }
  };
  const form = h(
    "form",
    { class: "hvl-feedback", on: { submit: send } },
    h("h2", {}, "Two questions"),
    h("fieldset", {}, h("legend", {}, "How useful was this for your work with families?"), h("div", { class: "hvq-pills" }, pills)),
    h("p", { class: "hv-field" }, h("label", { for: text.id }, "What should be different next time? (optional)"), text),
    h("p", { class: "hv-quiet" }, "The report shows what you write here to the group, without your name. In a small group others may guess who wrote it."),
    problem,
    h("p", {}, h("button", { class: "hvq-button hvq-primary" }, "Send")),
  );
  return form;
}
