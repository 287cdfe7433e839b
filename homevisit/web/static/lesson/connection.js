// Whether the course can be reached; tries again with growing pauses and as soon as the browser is online.

const PAUSES_S = [1, 2, 4, 8, 15];

/** State is "open", "away", "signed-out" or "other-person"; `retry` is called when another try is due. */
export class Connection {
  constructor(retry, changed) {
    Object.assign(this, { retry, changed, state: "open", tries: 0, timer: null });
    window.addEventListener("online", () => this.tryNow());
    window.addEventListener("focus", () => this.tryNow());
    window.addEventListener("pageshow", () => this.tryNow());
    document.addEventListener(
      "visibilitychange",
      () => document.visibilityState === "visible" && this.tryNow(),
    );
  }

  get isOpen() {
    return this.state === "open";
  }

  worked() {
    this.tries = 0;
    clearTimeout(this.timer);
    this.timer = null;
    this.#become("open");
  }

  /** Note a failed call; errors that are no matter of the connection leave it as it is. */
  failed(error) {
    if (error.kind === "signed-out" || error.kind === "other-person") this.#become(error.kind);
    if (error.kind === "away" || error.kind === "slow-down") {
      this.#become("away");
      this.#schedule(error.retryAfter);
    }
  }

  isSomebodyElse() {
    this.#become("other-person");
  }

  tryNow() {
    if (this.state !== "away" && this.state !== "signed-out") return;
    clearTimeout(this.timer);
    this.timer = null;
    this.retry();
  }

  #schedule(atLeast) {
    if (this.timer !== null) return;
    const pause = Math.max(PAUSES_S[Math.min(this.tries, PAUSES_S.length - 1)], atLeast);
    this.tries += 1;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.retry();
    }, pause * 1000);
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.changed();
  }
}
