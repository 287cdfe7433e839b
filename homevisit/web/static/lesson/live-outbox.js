// What one participant writes: kept in the browser from the first letter until the server has that very text.

import { ApiError } from "./api.js";
import { Shelf } from "./shelf.js";
import { newToken, same } from "./values.js";

export const AWAY = "No connection just now. What you write is kept here; this page comes back by itself.";
const LINE = "parking";

/** Events: "change". An entry is {response, token, problem}; with a token it is on its way. */
export class Outbox extends EventTarget {
  constructor(live, participantId, sessionId) {
    super();
    Object.assign(this, { live, late: "", shelf: new Shelf(participantId, `live-${sessionId}`), entries: new Map() });
    for (const key of Object.keys(this.shelf.storage ?? {})) {
      if (!key.startsWith(this.shelf.stem)) continue;
      const name = key.slice(this.shelf.stem.length);
      const entry = this.shelf.read(name);
      if (entry) this.entries.set(name, entry);
    }
    live.connection.changed = this.#alsoFlush(live.connection.changed);
  }

  /** What was written for a round and is not with the server yet, or null. */
  entry(position, round) {
    return this.entries.get(`${position}.${round}`) ?? null;
  }

  /** Keep what is being written. */
  edit(position, round, response) {
    this.#keep(`${position}.${round}`, { response, token: "", problem: "" });
  }

  /** Send it, now or as soon as the course can be reached; the token stays the same for each try. */
  send(position, round, response) {
    const known = this.entry(position, round);
    const token = known?.token && same(known.response, response) ? known.token : newToken();
    this.#keep(`${position}.${round}`, { response, token, problem: "" });
    return this.flush();
  }

  /** A question for later; several may wait. */
  park(text) {
    const token = newToken();
    this.#keep(`${LINE}.${token}`, { response: text, token, problem: "" });
    return this.flush();
  }

  /** Texts for the parking lot that wait. */
  get parked() {
    return [...this.entries].filter(([key]) => key.startsWith(`${LINE}.`)).map(([, entry]) => entry);
  }

  async flush() {
    if (this.isFlushing) {
      this.isAsked = true;
      return;
    }
    this.isFlushing = true;
    do {
      this.isAsked = false;
      const waiting = [...this.entries].filter(([, entry]) => entry.token);
      for (const [key, entry] of waiting) {
        const mayGoOn = await this.#deliver(key, entry);
        this.dispatchEvent(new Event("change"));
        if (!mayGoOn) break;
      }
    } while (this.isAsked);
    this.isFlushing = false;
  }

  /** Whether a next one may be tried. */
  async #deliver(key, entry) {
    const [position, round] = key.split(".");
    const [path, content] =
      position === LINE
        ? ["parking", { text: entry.response, token: entry.token }]
        : ["respond", { position: Number(position), round, response: entry.response, token: entry.token }];
    try {
      const { message } = await this.live.send("POST", path, content);
      // The sentence for a response that came after the group had moved on.
      if (message) this.late = message;
      // Who went on writing meanwhile has another entry in its place.
      if (this.entries.get(key) === entry) this.#drop(key);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind !== "refused" && error.kind !== "conflict") return false;
      if (this.entries.get(key) === entry) this.#keep(key, { ...entry, token: "", problem: error.message });
      return true;
    }
  }

  #keep(key, entry) {
    this.entries.set(key, entry);
    this.shelf.write(key, entry);
  }

  #drop(key) {
    this.entries.delete(key);
    this.shelf.forget(key);
  }

  #alsoFlush(changed) {
    return () => {
      changed();
      if (this.live.connection.isOpen) this.flush();
    };
  }
}
