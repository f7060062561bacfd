// The field one types a tag into is made by a script of Wagtail's and has no name for screen readers.
(function () {
  function name() {
    document.querySelectorAll(".tagit-new input:not([aria-label])").forEach(function (field) {
      field.setAttribute("aria-label", "标签");
    });
  }

  new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
  name();
})();
