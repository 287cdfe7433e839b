// The player of a watch question: the browser's own video with plain buttons, each with its name on it.

import { describedSwitch, isVideo, player } from "./clip.js";
import { asClock } from "./clip-times.js";
import { h, uid } from "./dom.js";

const BACK_SECONDS = 5;
const SPEEDS = { 0.5: "Half speed", 0.75: "Three quarters", 1: "Normal speed", 1.25: "A quarter faster" };
const SAVE_EVERY_SECONDS = 10;

const button = (caption, click, attributes = {}) =>
  h("button", { type: "button", class: "hvq-button", on: { click }, ...attributes }, caption);

/** The track of one kind, where the clip has it. */
const trackOf = (video, kind) => [...video.textTracks].find((track) => track.kind === kind);

/**
 * Plays one clip. Events: "moved" (with `time`; while playing, after a jump), "rested" (it paused or was moved by
 * hand), "mark", "broken".
 */
export class WatchPlayer extends EventTarget {
  constructor(clip, base, { position, titleId }) {
    super();
    Object.assign(this, { clip, video: player(clip, base, titleId), length: 0, wanted: position, savedAt: position });
    this.video.removeAttribute("controls");
    this.video.tabIndex = -1;
    this.described = h("p", { class: "hvq-described", role: "status", hidden: true });
    this.#controls(base);
    this.screen = h("div", { class: "hvq-screen" }, this.video);
    this.whole = h("div", { class: "hvq-film" }, this.screen, this.described, this.seeking, this.row);
    this.node = h(
      "div",
      { class: "hvq-player", role: "group", "aria-label": "Player", on: { keydown: (event) => this.#key(event) } },
      this.whole,
    );
    this.#listen();
  }

  /** Where the clip stands, in seconds, with one decimal as the server keeps it. */
  get position() {
    return Math.round((this.wanted ?? this.video.currentTime) * 10) / 10;
  }

  /** Go to a moment; the video may not be ready yet. */
  seek(seconds) {
    if (this.video.readyState === 0) this.wanted = seconds;
    else this.video.currentTime = this.length ? Math.min(seconds, this.length) : seconds;
    this.#show();
  }

  play() {
    return this.video.play().catch((error) => {
      // a pause that comes at once is no failure
      if (error.name !== "AbortError") this.#fail();
    });
  }

  pause() {
    this.video.pause();
    if (document.fullscreenElement && this.node.contains(document.fullscreenElement)) document.exitFullscreen();
  }

  /** Put the focus where playing goes on. */
  focus() {
    this.playing.focus();
  }

  #controls(base) {
    const { video, clip } = this;
    this.playing = button("Play", () => (video.paused ? this.play() : this.pause()), { "data-action": "play" });
    const back = button(`Back ${BACK_SECONDS} seconds`, () => this.#back());
    const speedId = uid("hvq-speed");
    const options = Object.entries(SPEEDS).sort(([one], [other]) => one - other);
    const speed = h(
      "select",
      { id: speedId, on: { change: () => (video.playbackRate = Number(speed.value)) } },
      options.map(([rate, caption]) => h("option", { value: rate }, caption)),
    );
    speed.value = "1";
    const mark = button("Mark this moment", () => this.dispatchEvent(new Event("mark")), { "data-action": "mark" });
    mark.classList.add("hvq-primary");
    this.row = h(
      "div",
      { class: "hvq-controls" },
      this.playing,
      mark,
      back,
      h("div", { class: "hvq-speed" }, h("label", { for: speedId }, "Speed"), speed),
      clip.captions && this.#toggle("Captions", true, (isOn) => this.#setTrack("captions", isOn)),
      clip.description &&
        (isVideo(clip.description)
          ? describedSwitch(clip, base, video)
          : this.#toggle("Descriptions", false, (isOn) => this.#describe(isOn))),
      this.#fullScreen(),
    );
    const bar = h("input", { type: "range", min: 0, max: 1, step: 1, value: 0, "aria-label": "Moment of the clip" });
    bar.addEventListener("input", () => this.seek(Number(bar.value)));
    bar.addEventListener("change", () => this.dispatchEvent(new Event("rested")));
    this.bar = bar;
    this.clock = h("span", { class: "hvq-clock" });
    this.seeking = h("div", { class: "hvq-seeking" }, bar, this.clock);
  }

  #toggle(caption, isOn, change) {
    const node = button(caption, () => {
      const isNow = node.getAttribute("aria-pressed") !== "true";
      node.setAttribute("aria-pressed", String(isNow));
      change(isNow);
    });
    node.setAttribute("aria-pressed", String(isOn));
    return node;
  }

  #fullScreen() {
    const { video } = this;
    if (document.fullscreenEnabled) {
      return button("Full screen", () =>
        document.fullscreenElement ? document.exitFullscreen() : this.whole.requestFullscreen(),
      );
    }
    return video.webkitEnterFullscreen && button("Full screen", () => video.webkitEnterFullscreen());
  }

  #setTrack(kind, isOn) {
    const track = trackOf(this.video, kind);
    if (track) track.mode = isOn ? "showing" : "disabled";
  }

  // Browsers do not read descriptions out themselves: they stand below the picture, where a screen reader says them.
  #describe(isOn) {
    const track = trackOf(this.video, "descriptions");
    if (!track) return;
    track.mode = isOn ? "hidden" : "disabled";
    this.described.hidden = !isOn;
    const show = () => {
      const said = [...(track.activeCues ?? [])].map((cue) => cue.text).join(" ");
      if (said && this.described.textContent !== said) this.described.textContent = said;
    };
    track.oncuechange = isOn ? show : null;
    if (isOn) show();
  }

  #back() {
    this.seek(Math.max(0, this.video.currentTime - BACK_SECONDS));
    this.dispatchEvent(new Event("rested"));
  }

  // Single keys count only while the focus is in the player (WCAG 2.1.4).
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input")) return;
    const actions = { k: () => this.playing.click(), j: () => this.#back(), m: () => this.dispatchEvent(new Event("mark")) };
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #listen() {
    const { video } = this;
    video.addEventListener("click", () => this.playing.click());
    video.addEventListener("loadedmetadata", () => {
      this.length = Number.isFinite(video.duration) ? video.duration : 0;
      this.bar.max = String(Math.floor(this.length));
      const { wanted } = this;
      this.wanted = null;
      if (wanted > 0 && wanted < this.length - 1) video.currentTime = wanted;
      this.#show();
    });
    for (const name of ["play", "pause", "ended"]) {
      video.addEventListener(name, () => {
        this.playing.textContent = video.paused ? "Play" : "Pause";
        if (video.paused) this.dispatchEvent(new Event("rested"));
      });
    }
    video.addEventListener("timeupdate", () => {
      this.#show();
      this.dispatchEvent(Object.assign(new Event("moved"), { time: video.currentTime }));
      if (Math.abs(video.currentTime - this.savedAt) < SAVE_EVERY_SECONDS) return;
      this.savedAt = video.currentTime;
      this.dispatchEvent(new Event("rested"));
    });
    // with several sources, the last one to fail tells that none can be played
    (video.querySelector("source:last-of-type") ?? video).addEventListener("error", () => this.#fail());
    this.#show();
  }

  #fail() {
    if (this.isBroken) return;
    this.isBroken = true;
    this.node.hidden = true;
    this.dispatchEvent(new Event("broken"));
  }

  #show() {
    const at = this.wanted ?? this.video.currentTime;
    this.bar.value = String(Math.floor(at));
    const said = this.length ? `${asClock(at)} of ${asClock(this.length)}` : asClock(at);
    this.clock.textContent = said;
    this.bar.setAttribute("aria-valuetext", said);
  }
}
