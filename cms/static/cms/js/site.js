// The reader's choices, kept in one cookie the server reads too: size.contrast.phone.
// Everything here also works without it: /display/ for the size, the server for the kind of phone.
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  function kept() {
    const cookie = document.cookie.match(/(?:^|; )display=([a-z]*)\.([a-z]*)\.([a-z]*)/);
    return cookie ? { size: cookie[1], contrast: cookie[2], phone: cookie[3] } : null;
  }

  function show(choice) {
    Object.assign(root.dataset, choice);
    const phone = choice.phone || "android";
    all("[data-set-size]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.setSize === choice.size));
    all("[data-set-contrast]").forEach((button) => button.setAttribute("aria-pressed", choice.contrast === "high"));
    all("[data-phones] [name=phone]").forEach((button) => button.setAttribute("aria-pressed", button.value === phone));
  }

  function keep(change) {
    const choice = Object.assign({ size: root.dataset.size, contrast: root.dataset.contrast, phone: root.dataset.phone }, change);
    const words = [choice.size, choice.contrast, choice.phone].join(".");
    document.cookie = "display=" + words + "; path=/; max-age=31536000; samesite=lax";
    show(choice);
  }

  // A picture that was waiting to be scrolled to would be missing on paper.
  function print() {
    const pictures = all("main img").filter((picture) => picture.offsetParent);
    pictures.forEach((picture) => picture.removeAttribute("loading"));
    Promise.all(pictures.map((picture) => picture.decode().catch(() => null))).then(() => window.print());
  }

  all(".sizes, [data-print], [data-set-contrast]").forEach((part) => (part.hidden = false));
  all("[data-set-size]").forEach((button) => button.addEventListener("click", () => keep({ size: button.dataset.setSize })));
  all("[data-set-contrast]").forEach((button) =>
    button.addEventListener("click", () => keep({ contrast: root.dataset.contrast === "high" ? "standard" : "high" })),
  );
  all("[data-phones] [name=phone]").forEach((button) =>
    button.addEventListener("click", (event) => {
      event.preventDefault();
      keep({ phone: button.value });
    }),
  );
  all("[data-print]").forEach((button) => button.addEventListener("click", print));

  // Back from another page the old one is shown as it was; it must follow what was chosen since.
  window.addEventListener("pageshow", (event) => {
    const choice = event.persisted && kept();
    if (choice) show(choice);
  });
  window.addEventListener("beforeprint", () => all("details").forEach((answer) => (answer.open = true)));
})();
