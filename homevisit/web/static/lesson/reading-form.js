// The fields of the trainer's page: levels and comments, as the server takes them.

/** What is put down so far: `ratings` and `criterion_comments` by criterion, and the `comment` on the whole. */
export function readForm(form) {
  const ratings = {};
  for (const input of form.querySelectorAll("input[name^=rate-]:checked")) {
    ratings[input.name.slice("rate-".length)] = Number(input.value);
  }
  const comments = {};
  for (const area of form.querySelectorAll("textarea[data-say]")) comments[area.dataset.say] = area.value;
  const { "": comment, ...criterionComments } = comments;
  return { ratings, criterion_comments: criterionComments, comment };
}

/** Put down what `readForm` gave earlier. */
export function fillForm(form, { ratings, criterion_comments: comments, comment }) {
  for (const [name, level] of Object.entries(ratings)) {
    const input = form.querySelector(`input[name="rate-${name}"][value="${level}"]`);
    if (input) input.checked = true;
  }
  for (const area of form.querySelectorAll("textarea[data-say]")) {
    area.value = (area.dataset.say ? comments[area.dataset.say] : comment) ?? area.value;
  }
}

/** The sum of the levels, or null while a criterion has none. */
export function pointsOf(form) {
  const chosen = [...form.querySelectorAll("input[name^=rate-]:checked")];
  if (chosen.length < form.querySelectorAll("[data-criterion]").length) return null;
  return chosen.reduce((sum, input) => sum + Number(input.value), 0);
}
