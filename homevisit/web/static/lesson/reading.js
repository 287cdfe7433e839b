// The trainer's page of one text: keeps the draft as one writes, finishes, and goes on without a full load.

import { callsBelow } from "./api.js";
import { Bank } from "./reading-bank.js";
import { Highlights } from "./reading-highlights.js";

const PAUSE_MS = 800;
const AGAIN_MS = 5000;
const RENEW_MS = 5 * 60 * 1000;
let active = null;

class Reading {
  constructor(root) {
    this.root = root;
    this.given = JSON.parse(root.querySelector("[data-desk-state]").textContent);
    const { call } = callsBelow(`${root.dataset.base}course/api/desk/`);
    this.api = (method, path, content) => call(method, `${this.given.item}/${path}`, content);
    this.version = this.given.version;
    this.shelf = `homevisit-desk-${this.given.item}-${this.given.kind}`;
    this.form = root.querySelector("[data-desk-form]");
    this.fields = root.querySelector("[data-desk-fields]");
    this.highlights = new Highlights(root, this.given, () => this.changed());
    this.bank = new Bank(root, call, () => this.changed());
    this.saving = Promise.resolve();
    this.isDirty = false;
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
    const ratings = {};
    for (const input of this.form.querySelectorAll("input[name^=rate-]:checked")) {
      ratings[input.name.slice("rate-".length)] = Number(input.value);
    }
    const comments = {};
    for (const area of this.form.querySelectorAll("textarea[data-say]")) comments[area.dataset.say] = area.value;
    const { "": comment, ...criterionComments } = comments;
    const highlights = this.highlights.list;
    return { kind: this.given.kind, ratings, criterion_comments: criterionComments, comment, highlights };
  }

  changed() {
    if (!this.isOpen) return;
    this.isDirty = true;
    this.#total();
    try {
      localStorage.setItem(this.shelf, JSON.stringify(this.read()));
    } catch {
      // no room on this device: the server still gets it
    }
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
      if (!this.isDirty) localStorage.removeItem(this.shelf);
      const time = new Date(at).toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });
      this.#say("desk-saved", `Draft kept at ${time}.`);
      this.#problem("desk-problem", "");
      return true;
    } catch (error) {
      this.isDirty = true;
      if (error.kind === "away" || error.kind === "slow-down") {
        this.#say("desk-saved", "Not kept on the server yet. It is kept on this device and sent as soon as it can be.");
        this.pause = setTimeout(() => this.save(), AGAIN_MS);
      } else {
        this.#problem("desk-problem", `${error.message} What you wrote is kept on this device.`);
      }
      return false;
    }
  }

  /** What a lost connection left on this device comes back, unless the server has it. */
  #restore() {
    const kept = localStorage.getItem(this.shelf);
    if (!kept || !this.isOpen) return;
    const { ratings, criterion_comments: comments, comment, highlights } = JSON.parse(kept);
    for (const [name, level] of Object.entries(ratings)) {
      const input = this.form.querySelector(`input[name="rate-${name}"][value="${level}"]`);
      if (input) input.checked = true;
    }
    for (const area of this.form.querySelectorAll("textarea[data-say]")) {
      area.value = (area.dataset.say ? comments[area.dataset.say] : comment) ?? area.value;
    }
    this.highlights.take(highlights);
    this.changed();
  }

  async #claim() {
    try {
      await this.api("POST", "claim", { kind: this.given.kind });
      this.renewal = setInterval(() => this.api("POST", "claim", { kind: this.given.kind }).catch(() => null), RENEW_MS);
    } catch (error) {
      if (error.kind === "away") return;
      this.fields.disabled = true;
      this.#problem("desk-problem", error.message);
    }
  }

  async #finish(outcome) {
    const reason = this.root.querySelector("#reason")?.value ?? "";
    this.isDirty = true;
    if (!(await this.save())) {
      this.#problem("finish-problem", "It could not be sent just now. Nothing is lost; try again in a moment.");
      return;
    }
    try {
      const body = { kind: this.given.kind, base: this.version, outcome, reason };
      await this.api("POST", "finish", body);
    } catch (error) {
      const message = error.kind === "away" ? "It could not be sent just now. Nothing is lost; try again in a moment." : error.message;
      this.#problem("finish-problem", message);
      return;
    }
    localStorage.removeItem(this.shelf);
    const said = outcome === "returned" ? "Returned to the learner." : "Accepted.";
    const undo = { here: this.root.dataset.here, api: this.api, kind: this.given.kind };
    await go(this.root.dataset.next || this.root.dataset.queue);
    toast(said, undo);
  }

  async #takeBack() {
    try {
      await this.api("POST", "take-back", { kind: this.given.kind });
      await go(this.root.dataset.here);
    } catch (error) {
      this.#problem("desk-problem", error.message);
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
    else if ("takeBack" in button.dataset) this.#takeBack();
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
    const criteria = this.form.querySelectorAll("[data-criterion]");
    const chosen = [...this.form.querySelectorAll("input[name^=rate-]:checked")];
    const points = chosen.reduce((sum, input) => sum + Number(input.value), 0);
    place.textContent = chosen.length === criteria.length ? ` with ${points} ${points === 1 ? "point" : "points"}` : "";
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

  leave() {
    clearTimeout(this.pause);
    clearInterval(this.renewal);
  }
}

/** Show another page of the desk in place of this one; where that fails, the browser loads it. */
async function go(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector("#main");
    if (!response.ok || !next?.querySelector("[data-desk]")) throw new Error("another kind of page");
    active?.leave();
    document.querySelector("#main").replaceWith(next);
    document.title = page.title;
    history.pushState({}, "", address);
    start();
    window.scrollTo(0, 0);
    document.querySelector(".hv-desk-text h1").tabIndex = -1;
    document.querySelector(".hv-desk-text h1").focus();
  } catch {
    window.location.assign(address);
  }
}

function toast(text, { here, api, kind }) {
  const place = document.querySelector("[data-desk-toast]");
  if (!place) return;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "hv-plain";
  undo.textContent = "Undo";
  undo.addEventListener("click", async () => {
    try {
      await api("POST", "take-back", { kind });
      await go(here);
    } catch (error) {
      place.textContent = error.message || "It cannot be taken back just now.";
    }
  });
  place.replaceChildren(`${text} `, undo);
}

function start() {
  const root = document.querySelector("[data-desk]");
  active = root ? new Reading(root) : null;
}

window.addEventListener("popstate", () => window.location.reload());
window.addEventListener("online", () => active?.save());
start();
