// Marks, in a table of contents, the section one is reading; the links work without it.

/** Keep the mark on the section that is being read, in the links of `contents`. */
export function followReading(contents) {
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
