// The button that keeps a copy of a response among one's tools.

import { ApiError, callsBelow } from "./api.js";
import { h } from "./dom.js";

/** A paragraph with the button and what became of it; `read()` gives the response, `name` is what it is called. */
export function keepButton(kind, name, read, lesson) {
  const said = h("span", { role: "status" });
  const button = h(
    "button",
    { type: "button", class: "hvq-button", "data-action": "keep-copy" },
    "Keep a copy among my tools",
  );
  const { call, speakFor } = callsBelow(`${lesson.base}course/api/`);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    speakFor(lesson.owner);
    try {
      const title = `${name} from “${lesson.title}”`.slice(0, 120);
      const { url } = await call("POST", "papers", { kind, title, content: read() });
      said.replaceChildren(" Kept. ", h("a", { href: url }, "Open the copy"));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      said.replaceChildren(
        ` ${error.message || "The course cannot be reached just now. Nothing is lost; try again in a moment."}`,
      );
    }
    button.removeAttribute("aria-disabled");
  });
  return h("p", { class: "hvq-keep" }, button, said);
}
