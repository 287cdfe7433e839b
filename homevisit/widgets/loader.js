// Brings the lesson's browser code from the course server into whatever page shows the widget.
function base() {
  const named =
    document.querySelector('meta[name="homevisit-base"]')?.content ?? document.body.dataset.baseUrl;
  return (
    named ?? JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}").baseUrl ?? "/"
  );
}

async function render({ model, el }) {
  const [question, lesson_id, question_id] = ["question", "lesson_id", "question_id"].map((name) =>
    model.get(name),
  );
  // JupyterLab takes keys for its own, except in a text; those that work a button or a choice belong to the question.
  el.addEventListener("focusin", ({ target }) => {
    target.toggleAttribute("data-lm-suppress-shortcuts", !target.matches(":read-write"));
  });
  try {
    const entry =
      document.querySelector('meta[name="homevisit-module"]')?.content ?? `${base()}course/static/lesson.js`;
    const { mount } = await import(new URL(entry, document.baseURI).href);
    return mount(el, { type: question.type, lesson_id, question_id, question }, { base: base() });
  } catch (error) {
    el.textContent =
      "This part of the lesson could not be loaded. Load the page again; what you wrote is kept.";
    throw error;
  }
}

export default { render };
