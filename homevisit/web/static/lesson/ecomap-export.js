// An EcoMap as a file: the drawing with its legend as SVG or PNG; nothing leaves the page for it.

import { h } from "./dom.js";
import { fillDrawing } from "./ecomap-drawing.js";
import { frameOf, layout } from "./ecomap-layout.js";
import { drawnLegend } from "./ecomap-legend.js";
import { s } from "./svg.js";

const SHARPNESS = 2;
const NAME = "ecomap";

/** The drawing as an SVG element that needs nothing of the page. */
function standaloneDrawing(map) {
  const places = layout(map);
  const frame = frameOf(places);
  const legend = drawnLegend(frame.x + 16, frame.y + frame.height + 40);
  const width = Math.max(frame.width, 760);
  const whole = {
    x: frame.x - (width - frame.width) / 2,
    y: frame.y,
    width,
    height: frame.height + legend.height + 50,
  };
  const svg = s("svg", { xmlns: "http://www.w3.org/2000/svg", width: whole.width, height: whole.height });
  fillDrawing(svg, map, { places, frame: whole });
  const paper = s("rect", { ...whole, fill: "#ffffff" });
  legend.node.setAttribute("transform", `translate(${whole.x + 16} ${frame.y + frame.height + 40})`);
  svg.prepend(paper);
  svg.append(legend.node);
  return svg;
}

const textOf = (svg) => new XMLSerializer().serializeToString(svg);

function save(blob, ending) {
  const address = URL.createObjectURL(blob);
  const link = h("a", {
    href: address,
    download: `${NAME}-${new Date().toISOString().slice(0, 10)}.${ending}`,
  });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function pngOf(svg) {
  const picture = new Image();
  // The page's policy lets pictures come from data addresses, and from nowhere else.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(svg))}`;
  await picture.decode();
  const canvas = h("canvas", {});
  canvas.width = Number(svg.getAttribute("width")) * SHARPNESS;
  canvas.height = Number(svg.getAttribute("height")) * SHARPNESS;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
}

/** The buttons that save the map which `read()` gives. */
export function exportButtons(read) {
  const problem = h("span", { class: "hvq-problem", role: "alert", hidden: true });
  const button = (caption, click) =>
    h("button", { type: "button", class: "hv-second", on: { click } }, caption);
  const saveSvg = () => save(new Blob([textOf(standaloneDrawing(read()))], { type: "image/svg+xml" }), "svg");
  const savePng = async () => {
    problem.hidden = true;
    try {
      save(await pngOf(standaloneDrawing(read())), "png");
    } catch {
      problem.hidden = false;
      problem.textContent =
        "This browser could not make the picture. Save the drawing as SVG, or print the page.";
    }
  };
  return [
    button("Picture (PNG)", savePng),
    button("Drawing (SVG)", saveSvg),
    button("Print", () => window.print()),
    problem,
  ];
}
