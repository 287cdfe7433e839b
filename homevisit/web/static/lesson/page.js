// The frame of a lesson page: the list of sections, and the banner of a practice account.

import { h } from "./dom.js";
import { returnedBanner } from "./returned.js";
import { followReading } from "./sections.js";
import { openLesson } from "./store.js";

const WIDE = "(min-width: 64rem)";

function listSections(main, nav, lesson) {
  const headings = [...main.querySelectorAll(".hv-text h2[id]")];
  if (headings.length < 3) return;
  const lines = headings.map((heading) =>
    h("li", {}, h("a", { href: `#${encodeURIComponent(heading.id)}` }, heading.textContent.trim())),
  );
  const wide = matchMedia(WIDE);
  const where = h("span", { class: "hv-where" });
  const fold = h("details", {}, h("summary", {}, h("span", {}, "Sections"), where), h("ol", {}, lines));
  const follow = () => {
    fold.open = wide.matches;
  };
  wide.addEventListener("change", follow);
  fold.addEventListener("click", (event) => event.target.closest("a") && follow());
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || wide.matches || !fold.open) return;
    fold.open = false;
    fold.firstChild.focus();
  });
  follow();
  nav.append(fold);
  nav.hidden = false;
  followReading(nav, where, lesson);
}

/** A wide table scrolls inside a place of its own, which the keyboard can reach. */
function makeTablesReachable(main) {
  for (const table of main.querySelectorAll(".hv-text table")) {
    const place = h("div", { class: "hv-scroll", role: "region", "aria-label": "Table", tabindex: 0 });
    table.replaceWith(place);
    place.append(table);
  }
}

function practiceBanner(base) {
  const token = decodeURIComponent(document.cookie.match(/(?:^|;\s*)_xsrf=([^;]*)/)?.[1] ?? "");
  return h(
    "div",
    { class: "hv-practice", role: "note" },
    h("p", {}, "You are practicing as a learner. Nothing you do here counts in any report."),
    h(
      "form",
      { method: "post", action: `${base}practice/stop` },
      h("input", { type: "hidden", name: "_xsrf", value: token }),
      h("button", { class: "hv-plain", type: "submit" }, "Stop practicing"),
    ),
  );
}

/** Complete the page around the lesson; elsewhere, such as in JupyterLab, do nothing. */
export function dressPage() {
  const main = document.getElementById("lesson");
  const lessonId = document.querySelector('meta[name="homevisit-lesson"]')?.content;
  if (!main || !lessonId) return;
  document.getElementById("loading")?.remove();
  makeTablesReachable(main);
  const base = document.querySelector('meta[name="homevisit-base"]').content;
  const lesson = openLesson(base, lessonId);
  listSections(main, document.querySelector(".hv-contents"), lesson);
  lesson.ready.then(() => {
    if (lesson.due) main.querySelector("h1")?.after(h("p", { class: "hv-due" }, lesson.due));
    if (lesson.isPractice) document.body.prepend(practiceBanner(base));
    const returned = returnedBanner(lesson);
    if (returned) main.prepend(returned);
    // questions are drawn after the browser has looked for the place that the address names
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  });
}
