// Links to the other forms of a paper: a sheet to print, a file for a spreadsheet.

import { h } from "./dom.js";

const CAPTIONS = {
  print: "Page to print",
  xlsx: "Spreadsheet (Excel)",
  csv: "Table (CSV)",
};
const WAITING = "Not everything is saved yet. It follows as soon as it is.";

/** Follow a link only when the server has what stands on the page; until then, say so. */
function afterSaving(event, news) {
  const paper = document.querySelector(".hvq-paper");
  if (paper?.dataset.unsent !== "yes") return;
  event.preventDefault();
  const link = event.currentTarget;
  news.textContent = WAITING;
  const watch = new MutationObserver(() => {
    if (paper.dataset.unsent === "yes") return;
    watch.disconnect();
    news.textContent = "";
    link.click();
  });
  watch.observe(paper, { attributeFilter: ["data-unsent"] });
}

/** A link for each form, below the address of this paper; none in a lesson. */
export function exportLinks(names) {
  if (!document.querySelector("[data-hv-paper]")) return [];
  const here = window.location.pathname.replace(/\/$/, "");
  const news = h("span", { role: "status" });
  const click = (event) => afterSaving(event, news);
  const links = names.map((name) =>
    h(
      "a",
      { class: "hv-button hv-second", href: `${here}/${name}`, download: name !== "print", on: { click } },
      CAPTIONS[name],
    ),
  );
  return [...links, news];
}
