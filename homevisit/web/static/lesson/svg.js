// Builds SVG elements; text always becomes text nodes, never markup.

const SPACE = "http://www.w3.org/2000/svg";

/** `s("g", {fill: "none"}, child)`; null children and attributes are left out. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}
