// Marks, in a table of contents, the section one is reading, and says at which question one is; the links work without it.

/** The question that stands in the upper half of the window, or the last one above it; 0 before the first. */
function questionHere(questions) {
  return questions.filter((question) => question.getBoundingClientRect().top < window.innerHeight / 2).length;
}

/** Keep the mark on the section that is being read, in the links of `contents`, and tell the question in `where`. */
export function followReading(contents, where) {
  const links = new Map();
  for (const link of contents.querySelectorAll('a[href^="#"]')) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const mark = () => {
    const above = [...links.keys()].filter(
      (section) => section.getBoundingClientRect().top < window.innerHeight / 3,
    );
    const current = above.at(-1) ?? links.keys().next().value;
    for (const [section, link] of links) {
      if (section === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const questions = [...document.querySelectorAll(".hvq-question[data-question]")];
    const here = questionHere(questions);
    const told = here ? `Question ${here} of ${questions.length}` : `${questions.length} questions`;
    if (questions.length && where.textContent !== told) where.textContent = told;
  };
  let isWaiting = false;
  const later = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      mark();
    });
  };
  window.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later, { passive: true });
  mark();
}
