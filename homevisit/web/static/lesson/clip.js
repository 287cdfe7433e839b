// A clip: the video where there is one, otherwise the way to it, and always the written scene.

import { h, richText, uid } from "./dom.js";

const newTab = () => h("span", { class: "hvq-unseen" }, " (opens in a new tab)");

/** The whole address of a file beside the catalogue of clips, or of a clip elsewhere. */
export function mediaAddress(base, file) {
  if (!file) return null;
  return /^https?:/.test(file) ? file : new URL(`${base}course/media/${file}`, document.baseURI).href;
}

/** Whether a file is a video by its name. */
export const isVideo = (file) => /\.(mp4|webm)$/i.test(file ?? "");

function track(kind, file, base, label) {
  const src = mediaAddress(base, file);
  return file && h("track", { kind, src, srclang: "en", label, default: kind === "captions" });
}

const source = (file, base) =>
  h("source", { src: mediaAddress(base, file), type: `video/${file.split(".").at(-1).toLowerCase()}` });

/** The browser's own player, with captions; nothing plays by itself. */
export function player(clip, base, titleId) {
  return h(
    "video",
    {
      controls: true,
      preload: "metadata",
      playsinline: true,
      poster: mediaAddress(base, clip.poster),
      src: clip.also ? null : mediaAddress(base, clip.url),
      "aria-labelledby": titleId,
    },
    clip.also && [clip.url, clip.also].map((file) => source(file, base)),
    track("captions", clip.captions, base, "English"),
    !isVideo(clip.description) && track("descriptions", clip.description, base, "What is to be seen"),
  );
}

/** A switch between the clip and the one that tells its pictures aloud; the moment stays the same. */
export function describedSwitch(clip, base, video) {
  const button = h(
    "button",
    { type: "button", class: "hvq-button", "aria-pressed": "false" },
    "With audio description",
  );
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    const [at, wasPlaying] = [video.currentTime, !video.paused];
    button.setAttribute("aria-pressed", String(isOn));
    video.src = mediaAddress(base, isOn ? clip.description : clip.url);
    video.currentTime = at;
    if (wasPlaying) video.play();
  });
  return h("p", { class: "hvq-way" }, button);
}

function film(clip, base, titleId) {
  const video = player(clip, base, titleId);
  const broken = h("p", { class: "hvq-problem", role: "alert", hidden: true });
  // with several sources, the last one to fail tells that none can be played
  (video.querySelector("source:last-of-type") ?? video).addEventListener("error", () => {
    broken.textContent = "The clip cannot be played just now. The scene in words stands below.";
    broken.hidden = false;
  });
  return [
    video,
    broken,
    clip.silent && h("p", { class: "hvq-hint" }, "This clip has no sound."),
    isVideo(clip.description) && describedSwitch(clip, base, video),
  ];
}

function wayToIt(clip, base) {
  const picture =
    clip.poster && h("img", { src: mediaAddress(base, clip.poster), alt: clip.alt ?? "", loading: "lazy" });
  const address = clip.url || clip.source_page;
  const caption = clip.url ? "Watch the clip where it is" : "Look for it on the publisher’s page";
  const link =
    address &&
    h("a", { class: "hvq-button", href: address, rel: "noopener", target: "_blank" }, caption, newTab());
  return [picture, link && h("p", { class: "hvq-way" }, link)];
}

/** Text behind a button that opens it. */
export function folded(caption, nodes, isOpen) {
  return h(
    "details",
    { class: "hvq-scene", open: isOpen },
    h("summary", { class: "hvq-button" }, caption),
    h("div", { class: "hvq-scene-text" }, nodes),
  );
}

/** Drawings of some moments, beside the words of the scene. */
function storyboard(panels, base) {
  const figure = ({ at, file, alt }) => {
    const img = h("img", { src: mediaAddress(base, file), alt, loading: "lazy", width: 640, height: 360 });
    return h("li", {}, h("figure", {}, img, h("figcaption", {}, at)));
  };
  return h("ol", { class: "hvq-panels", "aria-label": "Drawings of some moments" }, panels.map(figure));
}

/** Whose it is, where it is, and what is known of it. */
export function credit(clip) {
  const outside = (address, caption) =>
    /^https:/.test(address ?? "") &&
    h("li", {}, h("a", { href: address, rel: "noopener", target: "_blank" }, caption, newTab()));
  return h(
    "details",
    { class: "hvq-credit" },
    h("summary", {}, `From: ${clip.publisher}`),
    clip.licence && h("p", {}, clip.licence),
    clip.known && h("p", {}, clip.known),
    h("ul", {}, outside(clip.source_page, "Source page"), outside(clip.url, "The clip itself")),
  );
}

/** Draw a clip into `el`. */
export class ClipFrame {
  constructor(el, { question: clip, question_id: clipId }, base) {
    const titleId = uid("hvq-clip");
    const isWatchable = Boolean(clip.url || clip.source_page);
    this.section = h(
      "section",
      { class: "hvq-clip", id: `clip-${clipId}`, "aria-labelledby": titleId },
      h("p", { class: "hvq-kicker" }, clip.is_playable ? "Clip" : "Scene"),
      h("h3", { class: "hvq-prompt", id: titleId }, clip.title),
      clip.is_playable ? film(clip, base, titleId) : wayToIt(clip, base),
      clip.storyboard?.length > 0 && storyboard(clip.storyboard, base),
      folded(
        isWatchable ? "Read the scene instead" : "The scene in words",
        richText(clip.scene_html),
        !isWatchable,
      ),
      clip.transcript_html && folded("Read the transcript", richText(clip.transcript_html), false),
      credit(clip),
    );
    el.append(this.section);
  }

  destroy() {
    this.section.remove();
  }
}
