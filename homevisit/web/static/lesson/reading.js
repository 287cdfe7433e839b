// The trainer's page of one text: keeps the draft as one writes, finishes, and goes on without a full load.

import { callsBelow } from "./api.js";
import { Bank } from "./reading-bank.js";
import { Claim } from "./reading-claim.js";
import { fillForm, pointsOf, readForm } from "./reading-form.js";
import { Highlights } from "./reading-highlights.js";
import { pageAt } from "./reading-page.js";
import { sentenceOf, toast } from "./reading-words.js";
import { Shelf } from "./shelf.js";

const PAUSE_MS = 800;
const AGAIN_MS = 5000;
let active = null;

class Reading {
  constructor(root) {
    this.root = root;
    this.given = JSON.parse(root.querySelector("[data-desk-state]").textContent);
    const { call, speakFor } = callsBelow(`${root.dataset.base}course/api/desk/`);
    speakFor(this.given.owner);
    this.api = (method, path, content) => call(method, `${this.given.item}/${path}`, content);
    this.version = this.given.version;
    this.shelf = new Shelf(this.given.owner, "desk");
    this.place = `${this.given.item}-${this.given.kind}`;
    this.claim = new Claim(this.api, this.given.kind);
    this.form = root.querySelector("[data-desk-form]");
    this.fields = root.querySelector("[data-desk-fields]");
    this.highlights = new Highlights(root, this.given, () => this.changed());
    this.bank = new Bank(root, call, () => this.changed());
    this.saving = Promise.resolve();
    this.isDirty = false;
    this.isFinishing = false;
    this.failure = "";
    this.form.addEventListener("input", (event) => event.target.closest("[data-desk-bank]") || this.changed());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    root.addEventListener("click", (event) => this.#click(event));
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("change", (event) => this.#point(event.target));
    this.#restore();
    this.#total();
    if (this.isOpen) this.#claim();
  }

  get isOpen() {
    return this.given.is_open && this.given.state !== "done" && !this.fields.disabled;
  }

  find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  /** What is put down so far, as the server takes it. */
  read() {
    return { kind: this.given.kind, ...readForm(this.form), highlights: this.highlights.list };
  }

  changed() {
    if (!this.isOpen) return;
    this.isDirty = true;
    this.#total();
    this.shelf.write(this.place, this.read());
    this.#say("desk-saved", "Keeping your draft …");
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), PAUSE_MS);
  }

  /** Send the draft, one after the other; true when the server has it. */
  save() {
    clearTimeout(this.pause);
    this.saving = this.saving.then(() => this.#send());
    return this.saving;
  }

  async #send() {
    if (!this.isDirty) return true;
    this.isDirty = false;
    const sent = this.read();
    try {
      const { version, saved_at: at } = await this.api("PUT", "reading", { ...sent, base: this.version });
      this.version = version;
      if (!this.isDirty) this.shelf.forget(this.place);
      const time = new Date(at).toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });
      this.#say("desk-saved", `Draft kept at ${time}.`);
      this.#problem("desk-problem", "");
      return true;
    } catch (error) {
      this.isDirty = true;
      this.failure = sentenceOf(error);
      if (error.kind === "away" || error.kind === "slow-down") {
        this.#say("desk-saved", "Not kept on the server yet. It is kept on this device and sent as soon as it can be.");
        this.pause = setTimeout(() => this.save(), AGAIN_MS);
      } else await this.#refused(error);
      return false;
    }
  }

  /** The server took no more of this reading; what it has kept all the same need not stay on this device. */
  async #refused(error) {
    const { version, held, error: given } = error.body ?? {};
    if (version !== undefined) {
      this.version = version;
      this.isDirty = false;
      this.shelf.forget(this.place);
      this.#say("desk-saved", "Your draft is kept.");
      // another trainer has finished it: the page offers what can be done with the draft
      if (!held) await go(this.root.dataset.here);
      else this.#problem("desk-problem", this.failure);
    } else if (given?.code === "missing-entry") {
      this.shelf.forget(this.place);
      this.#say("desk-saved", "What you wrote stays on this page until you leave it.");
      this.#problem("desk-problem", this.failure);
    } else {
      this.#problem("desk-problem", `${this.failure} What you wrote is kept on this device.`);
    }
  }

  /** What a lost connection left on this device comes back, unless the server has it. */
  #restore() {
    const kept = this.shelf.read(this.place);
    if (!kept || !this.isOpen) return;
    const { highlights, ...given } = kept;
    fillForm(this.form, given);
    this.highlights.take(highlights);
    this.changed();
  }

  async #claim() {
    try {
      await this.claim.take((error) => this.#problem("desk-problem", sentenceOf(error)));
      this.root.dataset.claimed = "yes";
    } catch (error) {
      if (error.kind === "away") return;
      this.fields.disabled = true;
      this.#problem("desk-problem", sentenceOf(error));
    }
  }

  /** Finish once, however often the button is pressed while it is on its way. */
  async #finish(outcome) {
    if (this.isFinishing) return;
    this.isFinishing = true;
    try {
      await this.#finishOnce(outcome);
    } finally {
      this.isFinishing = false;
    }
  }

  async #finishOnce(outcome) {
    const reason = this.root.querySelector("#reason")?.value ?? "";
    this.isDirty = true;
    if (!(await this.save())) {
      this.#problem("finish-problem", this.failure);
      return;
    }
    try {
      const body = { kind: this.given.kind, base: this.version, outcome, reason };
      await this.api("POST", "finish", body);
    } catch (error) {
      this.#problem("finish-problem", sentenceOf(error));
      return;
    }
    this.shelf.forget(this.place);
    this.given.state = "done";
    this.fields.disabled = true;
    const said = outcome === "returned" ? "Returned to the learner." : "Accepted.";
    const undo = { here: this.root.dataset.here, api: this.api, kind: this.given.kind };
    await go(this.root.dataset.next);
    toast(said, undo, go);
  }

  /** Do what changes this reading, then show the page anew at `address`. */
  async #turn(path, content, address) {
    try {
      await this.api("POST", path, content);
      await go(address);
    } catch (error) {
      this.#problem("desk-problem", sentenceOf(error));
    }
  }

  async #point(input) {
    if (!input.name?.startsWith("point-")) return;
    const id = input.name.slice("point-".length);
    const said = this.root.querySelector(`[data-point-said="${id}"]`);
    try {
      await this.api("POST", "points", { marks: { [id]: input.value } });
      said.textContent = "Marked by you";
    } catch (error) {
      said.textContent = error.kind === "away" ? "Not kept yet: no connection. Choose it again in a moment." : error.message;
    }
  }

  async #askForExample(button) {
    try {
      await this.api("POST", "exemplar", {});
      button.parentElement.remove();
      this.#say("exemplar-said", "The learner is asked whether this text may be shown.");
    } catch (error) {
      this.#problem("desk-problem", error.message);
    }
  }

  #click(event) {
    const button = event.target.closest("button, a[data-go]");
    if (!button) return;
    if (button.matches("a[data-go]")) {
      event.preventDefault();
      this.save().then(() => go(button.href));
    } else if (button.dataset.finish) this.#finish(button.dataset.finish);
    else if ("takeBack" in button.dataset) this.#turn("take-back", { kind: this.given.kind }, this.root.dataset.here);
    else if ("asSecond" in button.dataset) this.#turn("as-second", {}, `${window.location.pathname}?kind=second`);
    else if ("exemplar" in button.dataset) this.#askForExample(button);
    else if ("returnOpen" in button.dataset) {
      const place = this.find("return");
      place.hidden = !place.hidden;
      button.setAttribute("aria-expanded", String(!place.hidden));
      if (!place.hidden) this.root.querySelector("#reason").focus();
    }
  }

  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !this.isOpen) return;
    event.preventDefault();
    const isReturning = !this.find("return").hidden;
    this.#finish(isReturning ? "returned" : "accepted");
  }

  #total() {
    const place = this.find("desk-total");
    if (!place) return;
    const points = pointsOf(this.form);
    place.textContent = points === null ? "" : ` with ${points} ${points === 1 ? "point" : "points"}`;
  }

  #say(name, text) {
    const place = this.find(name);
    if (place) place.textContent = text;
  }

  #problem(name, text) {
    const place = this.find(name);
    if (!place) return;
    place.hidden = !text;
    place.textContent = text;
  }

  /** The next text cannot be fetched: this one stays where it is. */
  stay() {
    this.#problem("desk-problem", "The next text cannot be fetched just now: no connection. What you wrote is kept. Try again in a moment.");
    this.find("desk-problem")?.scrollIntoView({ block: "center" });
  }

  /** Somebody else may take what was only looked at. */
  leave() {
    clearTimeout(this.pause);
    this.claim.leave(this.version === 0 && !this.isDirty && this.isOpen);
  }
}

/** Show another page of the desk in place of this one; without a connection this one stays. */
async function go(address) {
  const page = await pageAt(address);
  if (page === null) {
    active?.stay();
    return;
  }
  if (!page.main) {
    window.location.assign(address);
    return;
  }
  active?.leave();
  document.querySelector("#main").replaceWith(page.main);
  document.title = page.title;
  // the way to the next text leads on to its own address
  history.pushState({}, "", page.address);
  start();
  document.dispatchEvent(new Event("homevisit:page"));
  window.scrollTo(0, 0);
  document.querySelector(".hv-desk-text h1").tabIndex = -1;
  document.querySelector(".hv-desk-text h1").focus();
}

function start() {
  const root = document.querySelector("[data-desk]");
  active = root ? new Reading(root) : null;
}

window.addEventListener("pagehide", () => active?.leave());
window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());
window.addEventListener("popstate", () => window.location.reload());
window.addEventListener("online", () => active?.save());
start();
