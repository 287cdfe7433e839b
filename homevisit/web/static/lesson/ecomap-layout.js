// Where the people and places of an EcoMap stand: the family in the middle, rings around it, no label upon another.

import { FAMILY, KINDS, tieBetween } from "./ecomap-words.js";

export const BOX = { width: 128, height: 64 };
export const MIDDLE = { width: 144, height: 72 };
export const FARTHEST = 2000;

const GAP = 14;
const STEPS = 720;
// Chords are shorter than the arcs they are measured on.
const SLACK = 1.12;
const ORDER = Object.keys(KINDS);
const NEARNESS = { strong: 0, "strong-stressful": 1, stressful: 2, weak: 3 };

// So many rings for so many people; the rings grow until there is room for them.
const ON_RINGS = [16, 38];

const ring = (number, size = 1) => ({ rx: (245 + 185 * number) * size, ry: (205 + 130 * number) * size });

/** A ring's points at even distances, measured in boxes: where it runs level their width counts, else their height. */
function measured({ rx, ry }) {
  const points = Array.from({ length: STEPS + 1 }, (_, step) => {
    const angle = (step / STEPS) * 2 * Math.PI - Math.PI / 2;
    return { x: rx * Math.cos(angle), y: ry * Math.sin(angle) };
  });
  let length = 0;
  const at = points.map((point, index) => {
    const before = points[Math.max(0, index - 1)];
    length += Math.max(
      Math.abs(point.x - before.x) / (BOX.width + GAP),
      Math.abs(point.y - before.y) / (BOX.height + GAP),
    );
    return length;
  });
  return { points, at, length, room: Math.floor(length / SLACK) };
}

function spread({ points, at, length }, count, turn) {
  return Array.from({ length: count }, (_, index) => {
    const wanted = (((index + turn) / count) % 1) * length;
    const { x, y } = points[at.findIndex((sofar) => sofar >= wanted)];
    return { x: Math.round(x), y: Math.round(y) };
  });
}

/** Whether a box at `a` would touch the box at `b`. */
function overlaps(a, b, box = BOX) {
  const [wide, high] = [(BOX.width + box.width) / 2 + 6, (BOX.height + box.height) / 2 + 6];
  return Math.abs(a.x - b.x) < wide && Math.abs(a.y - b.y) < high;
}

function inner(map, { id }) {
  return NEARNESS[tieBetween(map, id, FAMILY)?.strength] ?? 4;
}

function ringsFor(count) {
  const wanted = ON_RINGS.filter((most) => count > most).length + 1;
  for (let size = 1; ; size += 0.05) {
    const rings = Array.from({ length: wanted }, (_, number) => measured(ring(number, size)));
    if (rings.reduce((sum, { room }) => sum + room, 0) >= count) return rings;
  }
}

function onRings(map, people) {
  const places = new Map();
  let left = [...people].sort((a, b) => inner(map, a) - inner(map, b));
  ringsFor(people.length).forEach((track, number) => {
    const here = left.slice(0, track.room).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
    left = left.slice(track.room);
    const spots = spread(track, here.length, number % 2 ? 0.5 : 0);
    here.forEach(({ id }, index) => places.set(id, spots[index]));
  });
  return places;
}

function intoGaps(people, places) {
  const taken = [...places.values()];
  let left = people;
  for (let number = 0; left.length > 0; number += 1) {
    const track = measured(ring(number));
    for (const spot of spread(track, track.room, number % 2 ? 0.5 : 0)) {
      if (left.length === 0) break;
      if (taken.some((other) => overlaps(spot, other)) || overlaps(spot, { x: 0, y: 0 }, MIDDLE)) continue;
      places.set(left[0].id, spot);
      taken.push(spot);
      left = left.slice(1);
    }
  }
  return places;
}

const within = (value) => Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, value)));

/** The place of everybody by id; who was moved by hand stays there, the others go where there is room. */
export function layout(map) {
  const isPlaced = ({ x, y }) => Number.isFinite(x) && Number.isFinite(y);
  const placed = map.people.filter(isPlaced);
  const free = map.people.filter((person) => !isPlaced(person));
  const places =
    placed.length === 0
      ? onRings(map, free)
      : intoGaps(free, new Map(placed.map(({ id, x, y }) => [id, { x: within(x), y: within(y) }])));
  return places.set(FAMILY, { x: 0, y: 0 });
}

/** The part of the plane that holds all places, `{x, y, width, height}`. */
export function frameOf(places) {
  const all = [...places.values()];
  const left = Math.min(-260, ...all.map(({ x }) => x - BOX.width / 2 - 16));
  const right = Math.max(260, ...all.map(({ x }) => x + BOX.width / 2 + 16));
  const top = Math.min(-130, ...all.map(({ y }) => y - BOX.height / 2 - 16));
  const bottom = Math.max(130, ...all.map(({ y }) => y + BOX.height / 2 + 16));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
