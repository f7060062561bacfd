// The reader's choices, kept in one cookie the server reads too: size.contrast.phone.
// Everything here also works without it: /display/ for the size, the server for the kind of phone, a form for
// what a reader tells about a step.
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

  // 我的手机不一样 / 没看懂: answered under the step, without leaving the page. The form alone does the same.
  // The answer takes the place of the two buttons, and the keyboard stands on it.
  function answer(button, said) {
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.tabIndex = -1;
    words.textContent = said.message;
    if (said.more) {
      const link = document.createElement("a");
      link.href = said.more;
      link.textContent = said.words;
      words.append(" ", link);
    }
    const place = button.parentNode;
    place.querySelectorAll("[name=about], p").forEach((old) => old.remove());
    place.prepend(words);
    words.focus();
  }

  const steps = document.querySelector("[data-tell]");
  if (steps && window.fetch) {
    steps.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button) return;
      event.preventDefault();
      const sent = new FormData(steps);
      sent.set("about", button.value);
      sent.set("phone", root.dataset.phone);
      fetch(steps.action, { method: "POST", body: sent, headers: { Accept: "application/json" } })
        .then((response) => response.json())
        .then((said) => answer(button, said))
        .catch(() => answer(button, { message: "没有送到，网络断了。过一会儿再点。" }));
    });
  }

  // How many chairs are empty: the page itself is kept, so its figure would be old. Without this the form's page tells.
  function part(name, className, words) {
    const made = document.createElement(name);
    made.className = className;
    if (words) made.textContent = words;
    return made;
  }

  function showSeats(place, said) {
    const words = part("p", "seats-words", "");
    words.append(part("b", "", said.headline), part("span", "", said.more));
    const chairs = part("div", "chairs", "");
    for (let chair = 0; chair < (said.chairs || 0); chair += 1) chairs.append(part("i", chair < said.taken ? "taken" : ""));
    place.replaceChildren(...(said.chairs ? [chairs, words] : [words]));
    all("[data-enrol]").forEach((button) => (button.textContent = said.action));
  }

  const seats = document.querySelector("[data-seats]");
  if (seats && window.fetch && seats.replaceChildren) {
    fetch(seats.dataset.seats)
      .then((response) => response.json())
      .then((said) => showSeats(seats, said))
      .catch(() => null);
  }

  // The voice's script is fetched only where there is something to hear: a Chinese voice, or a recording.
  const listen = document.querySelector("[data-script]");
  const speech = window.speechSynthesis;
  function hear() {
    const voiced = speech && speech.getVoices().some((voice) => /^(zh|cmn)/i.test(voice.lang));
    if (listen.dataset.script && (voiced || document.querySelector("main audio"))) {
      const script = document.createElement("script");
      script.src = listen.dataset.script;
      listen.dataset.script = "";
      document.head.append(script);
    }
  }
  if (listen) {
    if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", hear);
    hear();
  }
})();
