// An EcoMap that is being drawn: every change of it, and how each can be taken back. Knows nothing of the page.

import { FARTHEST, layout } from "./ecomap-layout.js";
import { FAMILY, MOST_PEOPLE, SUPPORTS, tieBetween } from "./ecomap-words.js";
import { newToken } from "./values.js";

const freshTie = (from, to) => ({ from, to, strength: "strong", direction: "both", support: [], note: "" });
// Letters only: a row of digits would be taken for a telephone number by whatever looks for such.
const freshId = () =>
  newToken()
    .slice(0, 8)
    .replace(/\d/g, (digit) => "ghijklmnop"[digit]);
const within = (value) => Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, value)));

/** Events: "change" with `detail.what` "people" (somebody came or went), "ties", "words" or "places". */
export class MapModel extends EventTarget {
  constructor(given) {
    super();
    const { center = "", people = [], ties = [], look_next: lookNext = "" } = given ?? {};
    Object.assign(this, { center, lookNext, putAside: new Map() });
    this.people = people.map((person) => ({ ...person }));
    this.ties = ties.map((tie) => ({ ...tie, support: [...tie.support] }));
  }

  get isFull() {
    return this.people.length >= MOST_PEOPLE;
  }

  /** The map in the form that the server keeps. */
  read() {
    return {
      center: this.center,
      people: this.people.map((person) => ({ ...person })),
      ties: this.ties.map((tie) => ({
        ...tie,
        support: Object.keys(SUPPORTS).filter((kind) => tie.support.includes(kind)),
      })),
      look_next: this.lookNext,
    };
  }

  person(id) {
    return this.people.find((person) => person.id === id) ?? null;
  }

  /** Put somebody on the map and return the new id. */
  add() {
    const id = freshId();
    this.people.push({ id, name: "", kind: "family" });
    this.#tell("people");
    return id;
  }

  /** Take somebody off the map with all ties; returns a function that brings them back. */
  remove(id) {
    const place = this.people.findIndex((person) => person.id === id);
    const [person] = this.people.splice(place, 1);
    const gone = this.ties.filter(({ from, to }) => from === id || to === id);
    this.ties = this.ties.filter((tie) => !gone.includes(tie));
    this.#tell("people");
    return () => {
      const isHere = (end) => end === FAMILY || this.person(end) !== null;
      this.people.splice(Math.min(place, this.people.length), 0, person);
      this.ties.push(...gone.filter(({ from, to }) => isHere(from) && isHere(to)));
      this.#tell("people");
    };
  }

  /** Change what is written about a person, or about the whole map where `id` is null. */
  write(id, words) {
    Object.assign(id === null ? this : this.person(id), words);
    this.#tell("words");
  }

  tie(first, second) {
    return tieBetween(this, first, second) ?? null;
  }

  /** Draw or change the tie between two ends; one that was taken away before comes back with its words. */
  setTie(first, second, values) {
    let tie = this.tie(first, second);
    if (!tie) {
      const key = [first, second].sort().join();
      tie = this.putAside.get(key) ?? freshTie(first, second);
      this.putAside.delete(key);
      this.ties.push(tie);
    }
    Object.assign(tie, values);
    this.#tell("ties");
  }

  /** Take a tie away; returns a function that brings it back. */
  dropTie(first, second) {
    const tie = this.tie(first, second);
    if (!tie) return () => {};
    this.ties = this.ties.filter((other) => other !== tie);
    this.putAside.set([first, second].sort().join(), tie);
    this.#tell("ties");
    return () => this.setTie(first, second, {});
  }

  /** Put somebody in a place; everybody else stays where the drawing shows them now. Returns a way back. */
  place(id, x, y) {
    const back = this.#rememberPlaces();
    const shown = layout(this);
    for (const person of this.people) {
      const spot = person.id === id ? { x: within(x), y: within(y) } : shown.get(person.id);
      Object.assign(person, spot);
    }
    this.#tell("places");
    return back;
  }

  /** Let the drawing arrange everybody anew; returns a way back. */
  arrange() {
    const back = this.#rememberPlaces();
    for (const person of this.people) {
      delete person.x;
      delete person.y;
    }
    this.#tell("places");
    return back;
  }

  #rememberPlaces() {
    const before = this.people.map(({ id, x, y }) => ({ id, x, y }));
    return () => {
      for (const { id, x, y } of before) {
        const person = this.person(id);
        if (!person) continue;
        delete person.x;
        delete person.y;
        if (Number.isFinite(x)) Object.assign(person, { x, y });
      }
      this.#tell("places");
    };
  }

  #tell(what) {
    this.dispatchEvent(new CustomEvent("change", { detail: { what } }));
  }
}
