// What a lesson and a tool share: records of unsent work, the connection, and one word for the whole page.

import { ApiError } from "./api.js";
import { Connection } from "./connection.js";
import { QuestionRecord } from "./record.js";
import { Shelf } from "./shelf.js";

/** Events: "change" (anything that the status line shows), "news" (a sentence to read aloud). */
export class Desk extends EventTarget {
  /** `api` has `state`, `speakFor` and `saveDraft`; `shelfName` keeps this desk's texts apart in the browser. */
  constructor(base, api, shelfName) {
    super();
    Object.assign(this, {
      base,
      api,
      shelfName,
      shelf: null,
      savedAt: null,
      refusal: "",
      records: new Map(),
    });
    this.connection = new Connection(
      () => this.#again(),
      () => this.changed(),
    );
    this.ready = new Promise((resolve) => {
      this.arrived = resolve;
    });
    window.addEventListener("pagehide", () => this.#each((record) => record.leave()));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#each((record) => record.work());
    });
  }

  /** Whether a call makes sense now; after a failure the connection decides when the next one is due. */
  get mayTry() {
    return this.shelf !== null && this.connection.isOpen;
  }

  /** Whether something other than a record waits to be sent. */
  get isMorePending() {
    return false;
  }

  /** One word for the whole page, see status.js. */
  get condition() {
    if (this.refusal) return "refused";
    if (["signed-out", "other-person"].includes(this.connection.state)) return this.connection.state;
    if (!this.shelf) return this.connection.isOpen ? "loading" : "unreached";
    const unsent = [...this.records.values()].filter((record) => record.isUnsent);
    if (unsent.some((record) => record.conflict)) return "conflict";
    if (unsent.some((record) => record.isRefused)) return "unsaved";
    if (unsent.length > 0 || this.isMorePending) return this.connection.isOpen ? "saving" : "waiting";
    return this.savedAt ? "saved" : "idle";
  }

  /** The record of one question or paper; one that the server does not know starts empty. */
  record(id) {
    if (!this.records.has(id)) this.records.set(id, new QuestionRecord(id, this));
    return this.records.get(id);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** A record has nothing under way any more. */
  settled() {
    this.changed();
  }

  announce(sentence) {
    this.dispatchEvent(new CustomEvent("news", { detail: sentence }));
  }

  /** Take over what the server holds; the shelf is there already. */
  take() {}

  /** Send whatever waits. */
  async work() {
    await Promise.all([...this.records.values()].map((record) => record.work()));
  }

  /** Fetch what the server holds; the constructor of a lesson or paper ends with this. */
  async load() {
    try {
      const state = await this.api.state();
      this.api.speakFor(state.owner);
      this.owner = state.owner;
      this.shelf = new Shelf(state.owner, this.shelfName);
      this.take(state);
      this.connection.worked();
      this.arrived();
      this.changed();
      this.work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === "refused" || error.kind === "conflict") this.refusal = error.message;
      this.connection.failed(error);
      this.changed();
    }
  }

  async #again() {
    if (!this.shelf) {
      this.load();
      return;
    }
    try {
      // Somebody else may have signed in on this device meanwhile; their name must not get this text.
      const { owner } = await this.api.state();
      if (owner !== this.owner) {
        this.connection.isSomebodyElse();
        return;
      }
      this.connection.worked();
      await this.work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.connection.failed(error);
    }
  }

  #each(action) {
    for (const record of this.records.values()) action(record);
  }
}
