// The phone of one participant: where the group is, one's own writing, and what the group wrote.

import { ApiError } from "./api.js";
import { focusOn, h, uid } from "./dom.js";
import { paragraphs, redraw, scene } from "./live-drawing.js";
import { feedbackForm } from "./live-feedback.js";
import { groupFacts, groupView } from "./live-group.js";
import { startsFromFirst } from "./live-kinds.js";
import { AWAY, Outbox } from "./live-outbox.js";
import { given, Writing } from "./live-writing.js";

const KINDS = { talk: "Talk", scene: "Scene", question: "Question", break: "Break" };
const DOING = {
  shown: "Read the question. Writing opens in a moment.",
  alone: "Write on your own first.",
  pairs: "Talk it over in your pair; one of you writes.",
  together: "This is what the group wrote.",
  again: "After the talk: write once more.",
  compared: "First and second beside each other.",
};
const VOTES = {
  shown: "Read the question. Voting opens in a moment.",
  alone: "Choose on your own first.",
  pairs: "Talk it over in your pair; one of you chooses.",
  together: "This is what the group chose.",
  again: "After the talk: vote once more.",
};
const verbOf = ({ question }) => (question.type === "choose" ? "chose" : "wrote");
const STILL = "Writing is closed for now. What you wrote was not sent; it is kept here.";
const NAMES = (leader) =>
  `The group sees what you write without your name. ${leader || "The person who leads"} sees your name beside it.`;

const doing = ({ step, phase }) =>
  step.kind === "question" ? ((step.question.type === "choose" && VOTES[phase]) || DOING[phase]) : "";

function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

export class Phone {
  constructor(root, live, base, sessionId) {
    Object.assign(this, { root, live, base, sessionId, said: "", writing: null, writingKey: "" });
    this.find = (name) => document.querySelector(`[data-live="${name}"]`);
    live.addEventListener("state", () => this.draw());
    live.addEventListener("connection", () => this.#drawConnection());
    live.addEventListener("gone", ({ detail }) => this.#gone(detail));
    this.#wireParking();
    this.find("leave").addEventListener("click", () => this.#leave());
    if (live.state) this.draw();
  }

  draw() {
    const { state } = this.live;
    const hadFocus = this.root.contains(document.activeElement);
    this.#draw(state);
    // What had the focus may be gone with its stage.
    if (hadFocus && document.activeElement === document.body) focusOn(this.find("step").querySelector("h1"));
  }

  #draw(state) {
    if (!this.outbox) this.#openOutbox(state.me.participant_id);
    this.#announce(state);
    this.root.dataset.stage = state.state === "ended" ? "ended" : `${state.step.position}.${state.phase}`;
    this.find("parking").hidden = state.state === "ended";
    this.find("leave").hidden = state.state === "ended";
    if (state.state === "ended") {
      this.#drawEnd(state);
      return;
    }
    const { step, phase } = state;
    redraw(this.find("step"), [step, phase], () => this.#step(state));
    this.#drawOwn(state);
    this.#drawLate();
    redraw(this.find("group"), groupFacts(state), () => groupView(state));
    this.#drawParking(state);
  }

  #openOutbox(participantId) {
    this.outbox = new Outbox(this.live, participantId, this.sessionId);
    this.outbox.addEventListener("change", () => {
      this.writing?.draw();
      this.draw();
    });
    this.outbox.flush();
  }

  #step(state) {
    const { step, phase } = state;
    const isQuestion = step.kind === "question";
    this.titleId = uid("hvl-title");
    return [
      h("p", { class: "hvq-kicker" }, `Step ${step.position + 1} of ${step.of} · ${KINDS[step.kind]}`),
      h("h1", { class: "hvl-title", id: this.titleId }, isQuestion ? step.question.prompt : step.title),
      isQuestion && step.question.hint && phase !== "compared" && h("p", { class: "hvq-hint" }, step.question.hint),
      paragraphs(step.show),
      step.scene?.length > 0 && this.#scene(step, isQuestion),
      isQuestion && h("p", { class: "hvl-doing" }, doing(state)),
    ];
  }

  #scene(step, isQuestion) {
    const shown = h("div", { class: "hvl-scene" }, scene(step.scene, this.base));
    return isQuestion ? h("details", {}, h("summary", {}, "Look at the scene again"), shown) : shown;
  }

  #drawOwn(state) {
    const place = this.find("own");
    const round = state.is_open_for;
    const key = `${state.step.position}.${round}`;
    if (round && key === this.writingKey && this.writing) {
      this.writing.take(this.#givenIn(state, round));
    } else if (round) {
      this.writingKey = key;
      this.writing = this.#newWriting(state, round);
      place.dataset.drawn = "";
      place.replaceChildren(this.writing.node);
    } else {
      this.writing = null;
      redraw(place, [state.step.position, state.phase, state.me.responses, this.#unsentHere(state)], () => this.#kept(state));
    }
    redraw(this.find("pair"), [round === "pairs" && [state.me.pair, state.me.pair_entry?.by]], () => this.#pair(state, round));
    const before = ["pairs", "again"].includes(round) && (state.me.responses.alone ?? null);
    const theirs = round === "pairs" && this.#overtaken(state);
    redraw(this.find("before"), [state.step.position, before, theirs], () => [
      theirs && given(`What ${theirs.by} has sent for you; what you send takes its place`, state.step.question, theirs.response),
      before && given(`What you ${verbOf(state.step)} first`, state.step.question, before),
    ]);
    const isFirst = round && !state.me.responses.alone && !state.me.responses.pairs;
    redraw(this.find("names"), [isFirst, state.leader?.name], () => (isFirst ? h("p", {}, NAMES(state.leader?.name)) : []));
  }

  /** What another of the pair has sent meanwhile, while one's own words are not sent. */
  #overtaken({ me, step }) {
    const mine = this.outbox.entry(step.position, "pairs");
    return mine && !mine.token && me.pair_entry && me.pair_entry.by !== me.name ? me.pair_entry : null;
  }

  #newWriting(state, round) {
    const { me, step } = state;
    return new Writing({
      state,
      round,
      outbox: this.outbox,
      given: this.#givenIn(state, round),
      first: round === "again" && startsFromFirst(step.question.type) ? (me.responses.alone ?? me.responses.pairs) : null,
      labelledBy: this.titleId,
      base: this.base,
      sendCaption: round === "pairs" && me.pair.length > 0 ? `Send for ${me.pair.length > 1 ? "all of us" : "us both"}` : "Send",
    });
  }

  #givenIn({ me }, round) {
    return (round === "pairs" ? me.pair_entry?.response : null) ?? me.responses[round] ?? null;
  }

  #unsentHere({ step }) {
    return ["alone", "pairs", "again"].map((round) => this.outbox.entry(step.position, round)).filter(Boolean);
  }

  /** Outside of a round: one's own words stay on the page, also those that were not sent. */
  #kept(state) {
    const { me, step } = state;
    if (step.kind !== "question") return [];
    const { alone, pairs, again } = me.responses;
    const isBoth = state.phase === "compared" && again;
    const verb = verbOf(step);
    return [
      this.#unsentHere(state).map((entry) => [
        h("p", { class: "hv-problem" }, entry.problem || (entry.token ? AWAY : STILL)),
        given("What you wrote", step.question, entry.response),
      ]),
      alone && given(isBoth ? `What you ${verb} first` : `What you ${verb}`, step.question, alone),
      pairs && given(`What your pair ${verb}`, step.question, pairs),
      again && given(isBoth ? `What you ${verb} after the talk` : `What you ${verb} once more`, step.question, again),
    ];
  }

  #pair({ me }, round) {
    if (round !== "pairs") return [];
    if (me.pair.length === 0)
      return h("p", { class: "hvl-pair" }, "Everybody else has somebody already. Write on your own, or join two others.");
    const by = me.pair_entry?.by;
    return h(
      "p",
      { class: "hvl-pair" },
      `You are with ${list(me.pair).replace(/\.$/, "")}. `,
      by ? `${by} has written for you; each of you may change it.` : `One of you writes for ${me.pair.length > 1 ? "all of you" : "you both"}.`,
    );
  }

  #wireParking() {
    const form = this.find("parking").querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = form.querySelector("textarea");
      const text = field.value.trim();
      const said = this.find("parking-said");
      if (!text) {
        said.textContent = "Write your question first.";
        field.focus();
        return;
      }
      field.value = "";
      said.textContent = "";
      this.outbox.park(text).then(() => {
        // one that was refused stands in the list with its reason
        const isWaiting = this.outbox.parked.some((entry) => entry.token);
        const isRefused = this.outbox.parked.some((entry) => entry.problem && entry.response === text);
        if (isRefused) return;
        said.textContent = isWaiting ? "Kept. It is sent as soon as the course can be reached." : "Sent. It waits for its turn.";
      });
    });
  }

  #drawParking({ me }) {
    const waiting = this.outbox.parked;
    redraw(this.find("parked"), [me.parking, waiting], () => [
      me.parking.map((text) => h("li", {}, text)),
      waiting.map((entry) =>
        h("li", {}, entry.response, h("span", { class: "hvq-nothing" }, entry.problem ? ` (${entry.problem})` : " (not sent yet)")),
      ),
    ]);
  }

  #drawEnd(state) {
    this.#drawLate();
    for (const name of ["own", "before", "group", "pair", "names"]) redraw(this.find(name), ["ended"], () => []);
    redraw(this.find("step"), ["ended", state.me.feedback], () => [
      h("p", { class: "hvq-kicker" }, state.title),
      h("h1", { class: "hvl-title", tabindex: -1 }, "The session has ended. Thank you."),
      this.#unsentAnywhere() && h("p", { class: "hv-problem" }, "Something you wrote could not be sent any more. It is kept on this device."),
      state.me.feedback ? h("p", { class: "hv-done" }, "Thank you for telling us.") : feedbackForm(this.live),
      h("p", {}, h("a", { class: "hvq-button", href: `${this.base}course/live/${this.sessionId}/report` }, "Open the team’s report")),
    ]);
  }

  #unsentAnywhere() {
    return [...this.outbox.entries.values()].length > 0;
  }

  async #leave() {
    try {
      await this.live.leave();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.find("connection").textContent = error.kind === "away" ? AWAY : error.message;
      return;
    }
    const again = h("a", { class: "hvq-button", href: `${this.base}course/join` }, "Join again");
    const title = h("h1", { class: "hvl-title" }, "You have left the session.");
    this.root.replaceChildren(
      h("div", { class: "hvq-question hvl-step" }, title, h("p", {}, "What you wrote stays with the group."), h("p", {}, again)),
    );
    this.find("leave").hidden = true;
    focusOn(title);
  }

  #drawLate() {
    const place = this.find("late");
    place.hidden = !this.outbox.late;
    if (place.textContent !== this.outbox.late) place.textContent = this.outbox.late;
  }

  /** Say each stage once, to people who do not see the page change. */
  #announce({ state, step, phase, title }) {
    const now = state === "ended" ? "ended" : `${step.position}.${phase}`;
    if (now === this.said) return;
    if (this.said && !this.find("parking").contains(document.activeElement)) window.scrollTo({ top: 0 });
    this.outbox.late = "";
    this.said = now;
    const prompt = step.kind === "question" ? step.question.prompt : step.title;
    const what = state === "ended" ? "The session has ended." : `Step ${step.position + 1}: ${prompt} ${doing({ step, phase })}`;
    this.find("news").textContent = what;
    document.title = document.title.replace(/^.*? · /, `${title} · `);
  }

  #drawConnection() {
    const line = this.find("connection");
    const sentence = this.live.connection.isOpen ? "" : AWAY;
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  #gone(sentence) {
    this.find("connection").replaceChildren(`${sentence} `, h("a", { href: `${this.base}course/join` }, "Join again"));
  }
}
