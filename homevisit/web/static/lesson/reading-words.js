// What the trainer's page says when a call was refused, and after a text was finished.

import { h } from "./dom.js";

const NOT_SENT = "It could not be sent just now. Nothing is lost; try again in a moment.";

/** The sentence of a refused call; the end of somebody's claim is told in the time of whoever reads it. */
export function sentenceOf(error) {
  const { held } = error.body ?? {};
  if (error.kind === "away" || error.kind === "slow-down") return NOT_SENT;
  if (!held) return error.message;
  const until = new Date(held.until).toLocaleTimeString("en-US", { timeStyle: "short" });
  const kept = "version" in error.body ? "What you wrote is kept as your draft; take" : "Take";
  return `${held.name} is reading this text until ${until}. ${kept} the next one meanwhile.`;
}

/** Say what was done, with a button that takes it back; `go` shows a page of the desk. */
export function toast(text, { here, api, kind }, go) {
  const place = document.querySelector("[data-desk-toast]");
  if (!place) return;
  const click = async () => {
    try {
      await api("POST", "take-back", { kind });
      await go(here);
    } catch (error) {
      place.textContent = error.message || "It cannot be taken back just now.";
    }
  };
  place.replaceChildren(`${text} `, h("button", { type: "button", class: "hv-plain", on: { click } }, "Undo"));
}
