// Points out what may name a family: full names, dates, addresses, telephone numbers. Nothing leaves the page for this.

const KINDS = [
  /\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b/gu,
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}\b/gu,
  /\b\d{1,5} \p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)? (?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way)\b/gu,
  /\b[\w.+-]+@[\w-]+\.\w{2,}\b/gu,
  /(?:\+?\d[\s().-]{0,2}){9,14}\d/gu,
  /\b(?:Mr|Mrs|Ms|Miss|Dr|Señora|Señor)\.? \p{Lu}[\p{L}'’-]+/gu,
  /(?<=[\p{Ll},;:] )\p{Lu}[\p{Ll}'’-]+ \p{Lu}[\p{Ll}'’-]+/gu,
];
// Two capital letters in a row that belong to the field, not to a family.
const KNOWN =
  /^(?:Early |Head |Home |Family |Social |United |New |Los |San |Action |Strengthening |Tweety |Spanish |English )/u;

/** The pieces of a text that may tell who a family is. */
export function namingHints(text) {
  const found = KINDS.flatMap((kind) => text.match(kind) ?? []).map((piece) => piece.trim());
  return [...new Set(found)].filter((piece) => !KNOWN.test(piece));
}
