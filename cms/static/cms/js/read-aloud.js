// 读给我听: reads a lesson or chapter step by step, sentence by sentence. A recording goes before the voice.
// The buttons come only where there is a Chinese voice, or a recording to play. Nothing is read unasked.
(function () {
  "use strict";
  const root = document.documentElement;
  const main = document.querySelector("main");
  const bar = document.querySelector(".aloud-bar");
  const start = document.querySelector('[data-aloud="all"]');
  if (!main || !bar || !start) return;

  const speech = window.speechSynthesis;
  const WORDS = "h2, h3, .box-title, p, .points li, .endings li";
  const NOT_READ = ".aloud, .tell, .asks, .actions, .checked, .contents, .change-notes, form[data-phones], nav, [hidden], .error";
  // Loses no character: what ends a sentence, with the quotation marks behind it, or the rest.
  const SENTENCE = /[^。！？；!?;]*[。！？；!?;]+[”’」』）]*|[^。！？；!?;]+/g;
  let voice = null;
  let run = 0;
  let queue = [];
  let place = 0;
  let playing = null;
  let mark = null;
  let slow = false;

  // Mandarin only: a Cantonese voice would say other words than the ones on the page.
  function findVoice() {
    const voices = speech ? speech.getVoices() : [];
    const mandarin = voices.filter((one) => /^(zh|cmn)([-_]|$)/i.test(one.lang) && !/hk|yue|cantonese/i.test(one.lang + one.name));
    voice = mandarin.find((one) => /cn|hans/i.test(one.lang) && one.localService) || mandarin[0] || null;
    root.classList.toggle("can-speak", Boolean(voice));
    root.classList.toggle("can-read", Boolean(voice || main.querySelector("audio")));
  }

  const seen = (element) => element.getClientRects().length > 0;

  // Each sentence gets an element of its own, once, so that it can be marked; nothing moves by it.
  function sentencesOf(element) {
    if (!element.dataset.cut) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
      found.forEach((text) => {
        const pieces = (text.data.match(SENTENCE) || []).map((piece) => {
          const span = document.createElement("span");
          span.className = "sentence";
          span.textContent = piece;
          return span;
        });
        text.replaceWith(...pieces);
      });
      element.dataset.cut = "1";
    }
    return Array.from(element.querySelectorAll(".sentence")).filter(seen);
  }

  // What is read, in order: {step, element, text} for the voice, {audio} for a recording of a whole step.
  function whatToRead(only) {
    const list = [];
    const done = new Set();
    const from = only || start;
    Array.from((only || main).querySelectorAll(WORDS)).forEach((element) => {
      const after = only || from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (!after || element.closest(NOT_READ) || !seen(element)) return;
      const step = element.closest("[data-step]");
      const audio = step && step.querySelector("audio");
      if (audio) {
        if (!done.has(step)) list.push({ audio, step });
        done.add(step);
      } else if (voice) {
        if (step && !done.has(step)) element.dataset.number = step.dataset.step;
        if (step) done.add(step);
        sentencesOf(element).forEach((span, nth) => {
          const number = nth === 0 && element.dataset.number;
          list.push({ element: span, text: (number ? "第" + number + "步。" : "") + span.textContent });
        });
      }
    });
    return list;
  }

  function show(element) {
    if (mark) mark.classList.remove("said");
    mark = element;
    if (!mark) return;
    mark.classList.add("said");
    const box = mark.getBoundingClientRect();
    if (box.top >= 0 && box.bottom < innerHeight - 120) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  }

  function play(item, next) {
    playing = item.audio;
    show(item.step.querySelector("h3"));
    playing.playbackRate = slow ? 0.8 : 1;
    playing.currentTime = 0;
    playing.onended = playing.onerror = next;
    playing.play().catch(next);
  }

  function speak(item, next) {
    show(item.element);
    const words = new SpeechSynthesisUtterance(item.text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = slow ? 0.7 : 1;
    // Some phones never say that they are done.
    const waited = setTimeout(next, 6000 + item.text.length * 700);
    words.onend = words.onerror = () => {
      clearTimeout(waited);
      next();
    };
    speech.speak(words);
  }

  function go() {
    const mine = ++run;
    hush();
    const item = queue[place];
    if (!item) return stop();
    let over = false;
    const next = () => {
      if (over || mine !== run) return;
      over = true;
      place += 1;
      go();
    };
    (item.audio ? play : speak)(item, next);
  }

  function hush() {
    if (speech) speech.cancel();
    if (playing) playing.pause();
    playing = null;
  }

  function label(words) {
    start.querySelector("span").textContent = words;
  }

  function stop() {
    if (!root.classList.contains("reading")) return;
    run += 1;
    hush();
    show(null);
    const back = bar.contains(document.activeElement);
    bar.hidden = true;
    root.classList.remove("reading");
    label("读给我听");
    if (back) start.focus();
  }

  function read(only) {
    stop();
    queue = whatToRead(only);
    place = 0;
    if (!queue.length) return;
    bar.hidden = false;
    root.classList.add("reading");
    label("停下");
    go();
  }

  function speed(chosen) {
    slow = chosen === "slow";
    bar.querySelectorAll("[data-speed]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.speed === chosen));
  }

  try {
    speed(localStorage.getItem("speed") === "slow" ? "slow" : "normal");
  } catch (forbidden) {
    // Nothing is kept in this browser; the choice holds for this page.
  }
  start.addEventListener("click", () => (root.classList.contains("reading") ? stop() : read()));
  bar.addEventListener("click", (event) => {
    const chosen = event.target.dataset.speed;
    if (event.target.dataset.aloud) stop();
    if (!chosen) return;
    speed(chosen);
    try {
      localStorage.setItem("speed", chosen);
    } catch (forbidden) {
      // As above.
    }
    go();
  });
  main.addEventListener("click", (event) => {
    if (event.target.matches(".hear")) read(event.target.closest("[data-step]"));
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && stop());
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  window.addEventListener("pagehide", stop);
  main.addEventListener("submit", stop);
  if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", findVoice);
  findVoice();
})();
