// The scene of a clip once more, folded, beside a question about it.

import { h } from "./dom.js";

/** A fold that takes over the words of the clip's scene, which stand further up, when it is opened. */
export function sceneAgain(clipId) {
  const text = h("div", { class: "hvq-scene-text" }, h("p", {}, "The scene stands further up, at its clip."));
  const fold = h("details", { class: "hvq-again" }, h("summary", {}, "Read the scene again"), text);
  fold.addEventListener("toggle", () => {
    const scene = document.querySelector(`#clip-${clipId} .hvq-scene-text`);
    if (fold.open && scene) text.replaceChildren(...scene.cloneNode(true).childNodes);
  });
  return fold;
}
