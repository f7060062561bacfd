// 我的手机不一样 / 没看懂: answered under the step, without leaving the page. Without this the form does the same.
(function () {
  "use strict";
  const form = document.querySelector("[data-tell]");
  if (!form || !window.fetch) return;

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

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.disabled) return;
    event.preventDefault();
    const sent = new FormData(form);
    sent.set("about", button.value);
    sent.set("phone", document.documentElement.dataset.phone);
    fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } })
      .then((response) => response.json())
      .then((said) => answer(button, said))
      .catch(() => answer(button, { message: "没有送到，网络断了。过一会儿再点。" }));
  });
})();
