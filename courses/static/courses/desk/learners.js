/* 登记学员, 报名: while a name or a number is typed, those who may be meant already are shown below the field. */
(function () {
  "use strict";
  var address = document.currentScript.dataset.suggest;
  // Where a line leads, with the learner's id in the place of 0; without it, to the learner.
  var way = document.currentScript.dataset.link;
  var form = document.querySelector(".desk-form");
  if (!form || !window.fetch) return;

  function watch(field, wordsOf) {
    var shown = document.createElement("div");
    shown.className = "desk-near";
    shown.setAttribute("role", "status");
    field.closest(".desk-field").appendChild(shown);
    var timer, last = "";
    field.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        var words = wordsOf(field.value.trim());
        if (words === last) return;
        last = words;
        if (!words) return draw(shown, []);
        ask(words).then(function (found) {
          if (words === last) draw(shown, found);
        });
      }, 250);
    });
  }

  function ask(words) {
    var body = new URLSearchParams();
    body.set("words", words);
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    return window
      .fetch(address, { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : { learners: [] }; })
      .then(function (answer) { return answer.learners; })
      .catch(function () { return []; });
  }

  function draw(shown, found) {
    shown.textContent = "";
    if (!found.length) return;
    var head = document.createElement("p");
    head.textContent = "可能是这几位，已经登记过：";
    var list = document.createElement("ul");
    list.className = "desk-lines";
    found.forEach(function (each) {
      var line = document.createElement("li");
      var link = document.createElement("a");
      var about = document.createElement("span");
      link.href = way ? way.replace(/\/0\/$/, "/" + each.id + "/") : each.url;
      link.textContent = each.name;
      about.className = "desk-hint";
      about.textContent = each.about;
      line.append(link, about);
      list.append(line);
    });
    shown.append(head, list);
  }

  watch(form.querySelector("[name=name]"), function (value) {
    return value.length >= 2 ? value : "";
  });
  watch(form.querySelector("[name=phone]"), function (value) {
    var digits = value.replace(/\D/g, "");
    return digits.length >= 11 ? digits.slice(-4) : "";
  });
})();
