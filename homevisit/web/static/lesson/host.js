// A small home for anywidget models in a page without a kernel: the state stands in the page, and each widget draws itself.
//
// It keeps the contract that anywidget modules rely on: `initialize({ model })` once a model, `render({ model, el })` once
// a view, each may return a function that cleans up; `model.get`, `set`, `on`, `off`, `save_changes`, `send`.

/** The state of one widget. Nothing is sent anywhere: what a learner writes goes through the course API. */
class HostModel {
  constructor(state) {
    this.state = { ...state };
    this.changed = new Set();
    this.listeners = new Map();
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    if (Object.is(this.state[name], value)) return;
    this.state[name] = value;
    this.changed.add(name);
    this.trigger(`change:${name}`, this, value);
    this.trigger("change", this);
  }

  /** Kernels would take the changes here; a page without one keeps them until it is closed. */
  save_changes() {
    this.changed.clear();
  }

  /** There is nobody to receive a message; widgets that need a kernel belong in a live lesson. */
  send() {}

  on(names, listener) {
    for (const name of names.split(" ")) {
      if (!this.listeners.has(name)) this.listeners.set(name, new Set());
      this.listeners.get(name).add(listener);
    }
  }

  off(names = null, listener = null) {
    for (const name of names ? names.split(" ") : [...this.listeners.keys()]) {
      if (listener) this.listeners.get(name)?.delete(listener);
      else this.listeners.delete(name);
    }
  }

  trigger(name, ...values) {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(...values);
  }
}

async function moduleOf(source) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    const { default: given } = await import(address);
    return typeof given === "function" ? await given() : given;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function withStyle(source) {
  const sheet = document.createElement("style");
  sheet.textContent = source;
  document.head.append(sheet);
}

/**
 * Draw widgets into their places, and return a function that removes them again.
 *
 * `page` is `{sources, styles, models: {id: {source, state}}}`; each place names its model in `data-model`.
 */
export async function drawWidgets(page, places) {
  const modules = page.sources.map(moduleOf);
  page.styles.forEach(withStyle);
  const models = new Map();
  const cleanups = [];
  const keep = (cleanup) => {
    if (typeof cleanup === "function") cleanups.push(cleanup);
  };
  const opened = async (id) => {
    const { source, state } = page.models[id];
    const widget = await modules[source];
    const model = new HostModel(state);
    keep(await widget.initialize?.({ model }));
    return { model, widget };
  };
  const drawn = async (el) => {
    const id = el.dataset.model;
    if (!models.has(id)) models.set(id, opened(id));
    try {
      const { model, widget } = await models.get(id);
      keep(await widget.render?.({ model, el }));
    } catch (error) {
      el.textContent = "This part of the lesson could not be shown. Load the page again; what you wrote is kept.";
      console.error(error);
    }
  };
  await Promise.all(places.map(drawn));
  return () => cleanups.splice(0).forEach((cleanup) => cleanup());
}

/** Draw the widgets of this page, when it is one that carries their state. */
export function startHost() {
  const carried = document.getElementById("hv-widgets");
  if (!carried) return;
  drawWidgets(JSON.parse(carried.textContent), [...document.querySelectorAll(".hv-widget[data-model]")]);
}
