// Watch: play a clip, mark moments, and say what one sees where it stops.

import { credit, folded } from "./clip.js";
import { secondsOf, timeText } from "./clip-times.js";
import { growing, h, richText, uid } from "./dom.js";
import { Marks } from "./watch-marks.js";
import { WatchPlayer } from "./watch-player.js";
import { timeline } from "./watch-timeline.js";

export const label = "Watch and mark";

const BROKEN = "The clip cannot be played just now. Read the scene below, and type the times from there.";

/** One question at a moment of the clip; it opens there, and stays open once something is written. */
class Stop {
  constructor({ id, at, ask }, text, { onInput, onGo, isOpen }) {
    this.id = id;
    this.at = at;
    this.seconds = secondsOf(at);
    const fieldId = uid("hvq-stop");
    this.field = growing(h("textarea", { id: fieldId, rows: 2, value: text, on: { input: onInput } }));
    this.go = h("button", { type: "button", class: "hvq-button", on: { click: onGo }, hidden: true }, "Go on watching");
    this.field.addEventListener("keydown", (event) => {
      const isDone = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
      if (!isDone || this.go.hidden) return;
      event.preventDefault();
      onGo();
    });
    this.node = h(
      "div",
      { class: "hvq-field hvq-stop", hidden: !isOpen },
      h("label", { for: fieldId }, h("span", { class: "hvq-moment" }, `At ${at}`), " ", ask),
      this.field,
      h("p", { class: "hvq-rowactions" }, this.go),
    );
  }

  /** The clip has come here. */
  open() {
    this.node.hidden = false;
    this.go.hidden = false;
    this.field.focus();
  }
}

/** The fields and, where there is one, the player. */
class WatchForm {
  constructor(question, response, { onInput, labelledBy, base }) {
    const film = question.film ?? {};
    Object.assign(this, { question, onInput, position: response?.position ?? 0, before: response?.position ?? 0 });
    const isPlayable = film.is_playable === true;
    this.problem = h("p", { class: "hvq-problem", role: "alert", hidden: true }, BROKEN);
    if (isPlayable) {
      this.player = new WatchPlayer(film, base, { position: this.position, titleId: labelledBy });
      this.#follow();
    }
    const playing = this.player && {
      onPlay: (seconds) => this.#playFrom(seconds),
      onDone: () => this.#goOn(),
    };
    this.marks = new Marks(response?.marks ?? [], { onInput, ...playing });
    this.stops = (question.stops ?? []).map((stop) => {
      const text = response?.stops?.[stop.id] ?? "";
      return new Stop(stop, text, { onInput, onGo: () => this.#goOn(), isOpen: !isPlayable || text !== "" });
    });
    this.scene = film.scene_html && folded("The scene in words", richText(film.scene_html), !isPlayable);
    this.node = h("div", { class: "hvq-watch" }, this.#opening(film, isPlayable), this.#writing(isPlayable));
  }

  read() {
    const written = this.stops.filter((stop) => stop.field.value !== "");
    return {
      marks: this.marks.read(),
      stops: Object.fromEntries(written.map((stop) => [stop.id, stop.field.value])),
      position: this.player ? this.player.position : this.position,
    };
  }

  target(sentence = "") {
    const marked = this.marks.field(Number(sentence.match(/\bmark (\d+)/)?.[1]), /\btime\b/.test(sentence));
    const asked = this.stops.find((stop) => sentence.includes(`question at ${stop.at}`));
    const begin = this.player && !this.player.isBroken ? this.player.playing : this.adding;
    return marked ?? asked?.field ?? this.marks.firstEmpty ?? begin;
  }

  #opening(film, isPlayable) {
    const times = this.stops.map((stop) => stop.at);
    const when = times.length > 1 ? `${times.slice(0, -1).join(", ")} and ${times.at(-1)}` : times[0];
    const asks = times.length > 0 && `The clip pauses at ${when} and asks something. You may always go on without writing.`;
    return [
      isPlayable && h("p", { class: "hvq-hint" }, asks || ""),
      this.player?.node,
      this.problem,
      this.stops.map((stop) => stop.node),
      isPlayable &&
        h("p", { class: "hvq-tip" }, "In the player, the keys k (play or pause), j (back) and m (mark) work, too."),
      h(
        "div",
        { class: "hvq-folds" },
        this.scene,
        film.transcript_html && folded("The transcript", richText(film.transcript_html), false),
      ),
      film.publisher && credit(film),
    ];
  }

  #writing(isPlayable) {
    this.adding = h(
      "button",
      { type: "button", class: "hvq-button hvq-add", on: { click: () => this.marks.add("") } },
      isPlayable ? "Add a mark by its time" : "Add a mark",
    );
    return [
      h("h4", { class: "hvq-markstitle" }, "My marks"),
      this.marks.node,
      h("p", { class: "hvq-more" }, this.adding),
    ];
  }

  #follow() {
    const { player } = this;
    player.addEventListener("rested", () => this.onInput());
    player.addEventListener("mark", () => {
      player.pause();
      this.marks.add(Math.floor(player.position));
    });
    player.addEventListener("moved", ({ time }) => this.#passed(time));
    player.addEventListener("broken", () => {
      this.problem.hidden = false;
      if (this.scene) this.scene.open = true;
      for (const stop of this.stops) stop.node.hidden = false;
    });
  }

  /** Pause where a stop has just been reached; a jump over it opens nothing. */
  #passed(time) {
    const { before } = this;
    this.before = time;
    if (this.player.video.paused || time < before || time - before > 2) return;
    const reached = this.stops.find((stop) => before < stop.seconds && stop.seconds <= time);
    if (!reached) return;
    this.player.pause();
    reached.open();
    this.onInput();
  }

  #goOn() {
    this.player.focus();
    this.player.play();
  }

  #playFrom(seconds) {
    if (seconds !== null) {
      this.player.seek(seconds);
      this.before = seconds;
    }
    this.#goOn();
  }
}

/** The fields for a response. */
export function form(question, response, options) {
  const fields = new WatchForm(question, response, options);
  return { node: fields.node, read: () => fields.read(), target: (sentence) => fields.target(sentence) };
}

/** The response as text. */
export function view(question, response) {
  const marks = (response?.marks ?? []).filter((mark) => mark.saw.trim());
  const asked = (question.stops ?? []).filter((stop) => response?.stops?.[stop.id]?.trim());
  if (marks.length === 0 && asked.length === 0) return h("p", { class: "hvq-nothing" }, "Nothing is written here.");
  return h(
    "div",
    {},
    marks.length > 0 &&
      h(
        "ol",
        { class: "hvq-seen" },
        marks.map(({ at, saw }) =>
          h("li", {}, h("span", { class: "hvq-moment" }, timeText(at)), h("p", { class: "hvq-said" }, saw)),
        ),
      ),
    asked.map(({ id, at, ask }) =>
      h(
        "div",
        { class: "hvq-asked-at" },
        h("p", { class: "hvq-caption" }, `At ${at}: ${ask}`),
        h("p", { class: "hvq-said" }, response.stops[id]),
      ),
    ),
  );
}

/** The points as after an observation, and the marks beside the moments of the key. */
export function feedback(given, question, ask, readPoints) {
  return [readPoints(given, ask), timeline(given, secondsOf(question.length)), h("p", { class: "hvq-note" }, given.times_note)];
}
