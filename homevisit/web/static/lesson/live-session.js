// One group session as a page follows it: events say that something changed, and the state is read anew each time.

import { ApiError, callsBelow } from "./api.js";
import { Connection } from "./connection.js";

const SEEN_MS = 45000;
// A stream that slept longer than this may be dead without knowing it.
const SLEPT_MS = 10000;
const STREAM_AGAIN_MS = 5000;
// A room need not see each count at once; the stage it sees at once.
const ROOM_MS = 1000;

/** Events: "state" (a new one stands in `state`), "connection" (see `connection.state`), "gone" (its sentence in `detail`). */
export class LiveSession extends EventTarget {
  /** `as` is leader, projector or phone; `first` is the state that came with the page, or null. */
  constructor(base, sessionId, as, first = null) {
    super();
    Object.assign(this, { as, state: first, stream: null, reading: null, isStale: false, hiddenAt: null });
    this.api = callsBelow(`${base}course/api/live/${encodeURIComponent(sessionId)}/`);
    this.events = new URL(`${base}course/api/live/${encodeURIComponent(sessionId)}/events?as=${as}`, document.baseURI);
    this.connection = new Connection(
      () => this.#again(),
      () => this.dispatchEvent(new Event("connection")),
    );
  }

  start() {
    document.addEventListener("visibilitychange", () => this.#turned());
    window.addEventListener("pageshow", (event) => event.persisted && this.#again());
    window.addEventListener("offline", () => {
      this.#close();
      this.connection.failed(new ApiError("away"));
    });
    this.alive = setInterval(() => this.#seen(), SEEN_MS);
    this.#again();
  }

  /** Read the state; readers that come while one is under way wait for one more. */
  async refresh() {
    this.isStale = true;
    this.reading ??= this.#read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  /** Do something and read what came of it; an ApiError goes to the caller once the page knows of it. */
  async send(method, path, content) {
    try {
      const result = await this.api.call(method, path, content);
      this.connection.worked();
      await this.refresh();
      return result;
    } catch (error) {
      if (error instanceof ApiError) this.#failed(error);
      throw error;
    }
  }

  /** Leave for good; nothing is asked of the server any more. */
  async leave() {
    await this.api.call("POST", "leave", {});
    clearInterval(this.alive);
    this.#close();
    this.isLeft = true;
  }

  async #read() {
    while (this.isStale && !this.isLeft) {
      this.isStale = false;
      try {
        const state = await this.api.call("GET", `state?as=${this.as}`);
        this.connection.worked();
        this.#take(state);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        this.#failed(error);
        if (["refused", "signed-out"].includes(error.kind)) this.#gone(error.message);
      }
    }
  }

  #take(state) {
    const isOld = this.state && state.version < this.state.version && state.state === this.state.state;
    if (isOld) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
    if (state.state === "ended") this.#close();
  }

  #failed(error) {
    this.connection.failed(error);
  }

  #gone(sentence) {
    this.#close();
    this.dispatchEvent(new CustomEvent("gone", { detail: sentence }));
  }

  #again() {
    this.#listen();
    this.refresh();
  }

  #listen() {
    this.#close();
    if (this.isLeft || this.state?.state === "ended") return;
    const stream = new EventSource(this.events);
    this.stream = stream;
    stream.addEventListener("changed", (event) => this.#woken(JSON.parse(event.data).kind));
    stream.addEventListener("open", () => this.refresh());
    stream.addEventListener("error", () => {
      // The browser tries again by itself unless the server answered with an error.
      if (stream === this.stream && stream.readyState === EventSource.CLOSED)
        this.later = setTimeout(() => this.#listen(), STREAM_AGAIN_MS);
      this.refresh();
    });
  }

  #woken(kind) {
    if (this.as !== "projector" || kind === "stage" || kind === "ended") {
      this.refresh();
      return;
    }
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.refresh();
    }, ROOM_MS);
  }

  #close() {
    clearTimeout(this.later);
    this.stream?.close();
    this.stream = null;
  }

  #turned() {
    if (document.visibilityState === "hidden") {
      this.hiddenAt = Date.now();
      return;
    }
    if (this.hiddenAt && Date.now() - this.hiddenAt > SLEPT_MS) this.#again();
    this.hiddenAt = null;
  }

  async #seen() {
    if (this.state?.state === "ended" || document.visibilityState === "hidden") return;
    try {
      if (this.as === "phone") await this.api.call("POST", "seen", {});
      await this.refresh();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#failed(error);
    }
  }
}
