// Points out what may name a family: full names, dates, addresses, telephone numbers. Nothing leaves the page for this.
// The server looks more closely before a response is committed; this is what is left where it cannot be reached.

const KINDS = [
  /\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b/gu,
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}\b/gu,
  /\b\d{1,5} \p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)? (?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way)\b/gu,
  /\b[\w.+-]+@[\w-]+\.\w{2,}\b/gu,
  /(?:\+?\d[\s().-]{0,2}){9,14}\d/gu,
  /\b\d{3}[.-]\d{4}\b/gu,
  /\b(?:Mr|Mrs|Ms|Miss|Dr|Señora|Señor|Doña|Don)\.? \p{Lu}[\p{L}'’-]+/gu,
  /(?<![\p{L}\d])\p{Lu}[\p{Ll}'’-]+ \p{Lu}[\p{Ll}'’-]+/gu,
];
// Two capital letters in a row that belong to the field, not to a family; or the first begins a sentence.
const KNOWN =
  /^(?:Early|Head|Home|Family|Social|United|New|Los|San|Action|Strengthening|Spanish|English|The|She|He|They|We|It|On|In|At|And|But|Then|When|After|Before|My|Her|His|This|That|El|La|Los|Las|En|Su|Ella|Yo|Cuando) /u;

let said = null;

/** What the page itself says, without what was written on it: its people are nobody's family. */
function pageText() {
  if (said === null) {
    const page = document.querySelector("main")?.cloneNode(true);
    for (const own of page?.querySelectorAll(".hvq-body, .hvq-feedback-place, .hvq-earlier") ?? []) own.remove();
    said = page?.textContent ?? "";
  }
  return said;
}

/** The pieces of a text that may tell who a family is. */
export function namingHints(text) {
  const found = KINDS.flatMap((kind) => text.match(kind) ?? []).map((piece) => piece.trim());
  return [...new Set(found)].filter((piece) => !KNOWN.test(piece) && !pageText().includes(piece));
}
