// The lesson page's frame: the list of sections, and the banner of a practice account.

const lesson = document.getElementById("lesson");

function slug(heading, taken) {
  let id = heading.id || heading.textContent.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  while (taken.has(id)) id += "-2";
  taken.add(id);
  heading.id = id;
  return id;
}

function listSections() {
  const nav = document.querySelector(".hv-contents");
  const headings = [...lesson.querySelectorAll(".hv-text h2")];
  if (headings.length < 3) return;
  const taken = new Set();
  const list = document.createElement("ol");
  for (const heading of headings) {
    const link = document.createElement("a");
    link.href = `#${encodeURIComponent(slug(heading, taken))}`;
    link.textContent = heading.textContent.trim();
    list.appendChild(document.createElement("li")).append(link);
  }
  const fold = document.createElement("details");
  const title = document.createElement("summary");
  title.textContent = "Sections of this lesson";
  fold.append(title, list);
  const wide = matchMedia("(min-width: 64rem)");
  const follow = () => { fold.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
  list.addEventListener("click", () => { fold.open = wide.matches; });
  nav.append(fold);
  nav.dataset.hvContents = "";
  nav.hidden = false;
}

document.getElementById("loading")?.remove();
listSections();
await import(new URL(`lesson/sections.js${new URL(import.meta.url).search}`, import.meta.url).href);
