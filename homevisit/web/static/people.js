// Copies the link for choosing a password; without a script one selects and copies it by hand.
for (const button of document.querySelectorAll("button[data-hv-copy]")) {
  const field = document.getElementById(button.dataset.hvCopy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));

  /** Browsers let a page write to the clipboard by itself over HTTPS only; the older way works without. */
  const copy = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  };

  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = (await copy())
      ? "The link is copied. Paste it into a message to this person."
      : "The link could not be copied. It is selected now: copy it with the keyboard or the menu.";
  });
}
