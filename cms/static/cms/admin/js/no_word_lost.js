/* Wagtail takes what stands in the form two seconds after it opened, and whenever a draft has been saved, for
   what is saved. Words typed in between are not: this asks for them to be saved as well. */
(() => {
  let typed = false;

  document.addEventListener("input", (event) => (typed ||= event.isTrusted && !!event.target.closest("[data-edit-form]")));
  document.addEventListener("w-autosave:save", () => (typed = false));
  document.addEventListener("w-unsaved:watch-edits", (event) => {
    if (!typed) return;
    const form = event.target;
    const more = () => new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } });
    setTimeout(() => form.dispatchEvent(more()), 0);
  });
})();
