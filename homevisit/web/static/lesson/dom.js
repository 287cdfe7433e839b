// Builds elements; text always becomes text nodes, never markup.

// A lesson and its tools come as two scripts, each with a copy of this module; both count on.
const given = (globalThis[Symbol.for("homevisit ids")] ??= { last: 0 });

/** An id that no other element of the page has. */
export function uid(stem) {
  given.last += 1;
  return `${stem}-${given.last}`;
}

/** `h("p", {class: "x", on: {click}}, "text", child)`; null and false children and attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "value") {
      element.value = value;
    } else if (name === "checked") {
      element.checked = true;
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Put the focus on something that is not a control, such as a heading. */
export function focusOn(element) {
  if (!element.matches("a[href], button, input, textarea, select, summary")) element.tabIndex = -1;
  element.focus();
}

/** Let a textarea grow with its text where CSS `field-sizing` is not known yet. */
export function growing(textarea) {
  if (CSS.supports("field-sizing", "content")) return textarea;
  const fit = () => {
    textarea.style.height = "auto";
    textarea.style.height = `${textarea.scrollHeight + 4}px`;
  };
  textarea.addEventListener("input", fit);
  requestAnimationFrame(fit);
  return textarea;
}

const PLAIN_TAGS = new Set([
  "P",
  "EM",
  "STRONG",
  "UL",
  "OL",
  "LI",
  "BLOCKQUOTE",
  "BR",
  "H3",
  "H4",
  "H5",
  "HR",
]);

/** Nodes of an authored text that the kernel rendered; any tag that is not plain text layout loses its tag. */
export function richText(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const copy = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
    if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName)) return [];
    const inner = [...node.childNodes].flatMap(copy);
    return PLAIN_TAGS.has(node.tagName) ? [h(node.tagName.toLowerCase(), {}, inner)] : inner;
  };
  return [...parsed.body.childNodes].flatMap(copy);
}
