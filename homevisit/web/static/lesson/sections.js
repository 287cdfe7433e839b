// Marks, in a table of contents, the section one is reading, and says at which question one is; the links work without it.

/** The question that stands in the upper half of the window, or the last one above it; nothing before the first. */
function questionHere(questions) {
  return questions.filter((question) => question.getBoundingClientRect().top < window.innerHeight / 2).at(-1);
}

/** Where one is among the questions of `lesson`; those that are not drawn yet, such as one with a film, count too. */
function toldOf(lesson) {
  const drawn = [...document.querySelectorAll(".hvq-question[data-question]")];
  const count = Math.max(drawn.length, lesson.order.length);
  const here = questionHere(drawn);
  if (!count) return "";
  if (!here) return `${count} questions`;
  return `Question ${lesson.numberOf(here.dataset.question) || drawn.indexOf(here) + 1} of ${count}`;
}

/** Keep the mark on the section that is being read, in the links of `contents`, and tell the question in `where`. */
export function followReading(contents, where, lesson) {
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
    const told = toldOf(lesson);
    if (where.textContent !== told) where.textContent = told;
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
  lesson.ready.then(mark);
  mark();
}
