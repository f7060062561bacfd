/* 画屏幕: draws a screen beside its text while somebody types, and writes the lines for those who do not know
   the language. The buttons and words come from templates/cms/admin/screen_palette.html. */
(() => {
  const FEWEST_LINES = 6;
  const PAUSE = 200; // milliseconds without a key before it is drawn anew
  const MARKS = /[ \u3000]*(?:\*|＊|[（(]点[）)])[ \u3000]*$/;
  const TORN = /^[ \u3000]*(撕口|撕边|撕开)[ \u3000]*$/;
  const palette = document.getElementById("screen-palette");

  /* Which phone the designer looks at; it holds for every field and is remembered while the window is open. */
  const phoneChoice = {
    get: () => sessionStorage.getItem("screen-phone") || "android",
    set: (phone) => {
      sessionStorage.setItem("screen-phone", phone);
      document.dispatchEvent(new CustomEvent("screen-phone"));
    },
  };

  const csrfToken = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  async function askForDrawing(text, phone, signal) {
    const response = await fetch(palette.dataset.drawUrl, {
      method: "POST",
      signal,
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest" },
      body: new URLSearchParams({ text, phone }),
    });
    if (response.status === 403) throw new Error("登录过期了。您写的字还在，另开一个窗口登录，再回来接着写。");
    if (!response.ok) throw new Error("这张图没有画出来。过一会儿改一个字，会再画一次。");
    return response.json();
  }

  /* Puts `next` in place of the text so that Ctrl+Z takes it back and the form notices. */
  function rewrite(area, next, from, to) {
    const old = area.value;
    let start = 0;
    while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
    let tail = 0;
    const most = Math.min(old.length, next.length) - start;
    while (tail < most && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1;
    area.focus();
    area.setSelectionRange(start, old.length - tail);
    const put = next.slice(start, next.length - tail);
    const done = put ? document.execCommand("insertText", false, put) : document.execCommand("delete");
    if (!done || area.value !== next) {
      area.setRangeText(next, 0, area.value.length, "end");
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    area.setSelectionRange(from, to);
  }

  class ScreenField extends window.StimulusModule.Controller {
    connect() {
      this.area = this.element.querySelector("textarea");
      if (!this.area) return;
      if (this.image) this.listenAround(); // the step was moved to another place
      // A lesson has dozens of screens: each is fitted out and drawn when it comes near.
      this.sight = new IntersectionObserver(
        (entries) => {
          if (!entries.some((entry) => entry.isIntersecting)) return;
          if (!this.image) this.fitOut();
          this.draw();
        },
        { rootMargin: "400px 0px" },
      );
      this.sight.observe(this.element);
    }

    fitOut() {
      const parts = palette.content.cloneNode(true);
      const find = (selector) => parts.querySelector(selector);
      [this.bar, this.drawing, this.image] = [find(".screen-bar"), find(".screen-drawing"), find(".screen-image")];
      [this.faults, this.state, this.starts] = [find(".screen-faults"), find(".screen-state"), find(".screen-starts")];
      [this.phones, this.copying] = [find(".screen-phones"), find("[data-screen-copy]")];
      this.layOut();
      this.listen();
      this.showLines();
    }

    disconnect() {
      this.sight?.disconnect();
      this.request?.abort();
      this.drawn = undefined; // a drawing given up here is asked for again at the new place
      clearTimeout(this.timer);
      document.removeEventListener("screen-phone", this.redraw);
      window.removeEventListener("online", this.redraw);
    }

    layOut() {
      const input = this.area.closest("[data-field-input]");
      this.lines = Object.assign(document.createElement("ol"), { className: "screen-lines", ariaHidden: "true" });
      const paper = Object.assign(document.createElement("div"), { className: "screen-paper" });
      this.area.before(paper);
      paper.append(this.lines, this.area);
      this.area.setAttribute("wrap", "off");
      this.area.setAttribute("spellcheck", "false");
      this.element.classList.add("screen-field");
      input.before(this.bar);
      input.after(this.drawing);
    }

    listenAround() {
      document.addEventListener("screen-phone", this.redraw);
      window.addEventListener("online", this.redraw);
    }

    listen() {
      this.redraw = () => this.drawn !== undefined && this.draw(true);
      this.area.addEventListener("input", () => this.changed());
      this.area.addEventListener("scroll", () => (this.lines.scrollTop = this.area.scrollTop));
      this.element.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
      // The cursor stays where it is in the text while a button is pressed.
      this.bar.addEventListener("mousedown", (event) => event.preventDefault());
      this.listenAround();
      this.ownPhone = this.element.closest(".variant-form")?.querySelector("select[name$='-phone']");
      this.ownPhone?.addEventListener("change", this.redraw);
    }

    get phone() {
      return this.ownPhone ? this.ownPhone.value : phoneChoice.get();
    }

    pressed(button) {
      if (!button) return;
      const { screenPiece, screenStart, screenPhone, screenMore, screenTap, screenCopy, screenLine } = button.dataset;
      if (screenPiece) this.insert(screenPiece);
      else if (screenStart) this.start(screenStart);
      else if (screenPhone) phoneChoice.set(screenPhone);
      else if (screenMore !== undefined) this.toggleMore(button);
      else if (screenTap !== undefined) this.tapHere();
      else if (screenCopy !== undefined) this.start(this.model.value);
      else if (screenLine) this.selectLine(Number(screenLine) - 1);
    }

    changed() {
      this.showLines();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.draw(), PAUSE);
    }

    /* -- drawing -- */

    async draw(again = false) {
      const text = this.area.value;
      this.showStarts();
      this.showPhones();
      const wanted = `${this.phone}\n${text}`;
      if (!again && wanted === this.drawn) return;
      this.drawn = wanted;
      this.request?.abort();
      if (!text.trim() || !this.phone) return this.show({ svg: "", alt: "", errors: [] }, true);
      const request = (this.request = new AbortController());
      const slow = setTimeout(() => this.say("正在画…"), 400);
      try {
        const answer = await askForDrawing(text, this.phone, request.signal);
        if (!request.signal.aborted) this.show(answer);
      } catch (problem) {
        if (request.signal.aborted) return;
        this.drawn = ""; // the next key tries again
        const offline = problem instanceof TypeError;
        this.say(offline ? "网断了，图没有画新的。您写的字还在，连上网会自动再画。" : problem.message, true);
      } finally {
        clearTimeout(slow);
      }
    }

    show({ svg, alt, errors }, empty = false) {
      if (svg) {
        this.image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
        this.image.alt = alt;
      }
      this.image.hidden = empty || !(svg || this.image.src);
      this.image.classList.toggle("is-old", errors.length > 0);
      this.faulty = new Set(errors.map((error) => error.line));
      this.showLines();
      this.faults.replaceChildren(...errors.map((error) => this.fault(error)));
      if (errors.length) this.say(this.image.hidden ? "" : "图是改错以前的样子。");
      else this.say(alt ? `读给看不见的人听：${alt}` : "");
    }

    fault({ line, message }) {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: `第 ${line} 行` });
      button.dataset.screenLine = line;
      item.append(button, `：${message}`);
      return item;
    }

    say(words, trouble = false) {
      this.state.textContent = words;
      this.state.classList.toggle("is-trouble", trouble);
    }

    showLines() {
      const count = this.area.value.split("\n").length;
      const rows = Array.from({ length: count }, (_, index) => {
        const row = Object.assign(document.createElement("li"), { textContent: index + 1 });
        row.classList.toggle("is-wrong", !!this.faulty?.has(index + 1));
        return row;
      });
      this.lines.replaceChildren(...rows);
      this.area.rows = Math.max(FEWEST_LINES, count);
    }

    showPhones() {
      this.phones.hidden = !!this.ownPhone || !this.area.value.trim();
      for (const button of this.phones.children) {
        button.setAttribute("aria-pressed", String(button.dataset.screenPhone === this.phone));
      }
    }

    /* -- an empty field -- */

    showStarts() {
      const empty = !this.area.value.trim();
      this.starts.hidden = !empty;
      if (!empty) return;
      this.model = this.findModel();
      this.copying.hidden = !this.model;
      this.copying.textContent = this.ownPhone ? "照抄前面的屏幕" : "照抄上一步的屏幕";
    }

    /* The screen to copy: a variant copies its step's, a step copies the nearest one before it. */
    findModel() {
      if (this.ownPhone) {
        const main = this.element.closest(".step-form").querySelector(".step-form-main .part-screen textarea");
        return main?.value.trim() ? main : null;
      }
      const all = [...document.querySelectorAll(".step-form-main .part-screen textarea")];
      const before = all.slice(0, Math.max(0, all.indexOf(this.area)));
      return before.reverse().find((area) => area.value.trim() && area.offsetParent) || null;
    }

    start(text) {
      rewrite(this.area, text, 0, 0);
      this.selectWords(0);
    }

    /* -- writing lines -- */

    toggleMore(button) {
      const more = this.bar.querySelector(".screen-more");
      more.hidden = !more.hidden;
      button.setAttribute("aria-expanded", String(!more.hidden));
    }

    get cursorLine() {
      return this.area.value.slice(0, this.area.selectionStart).split("\n").length - 1;
    }

    /* Below the line the cursor is in; the torn edge stays last. */
    insert(piece) {
      const lines = this.area.value === "" ? [] : this.area.value.split("\n");
      let place = Math.min(this.cursorLine + 1, lines.length);
      if (lines[place - 1]?.trim() === "") lines.splice((place -= 1), 1);
      else if (place > 1 && TORN.test(lines[place - 1]) && !TORN.test(piece)) place -= 1;
      if (TORN.test(piece) && place > 0) place = lines.length;
      const added = piece.split("\n");
      // A lamp goes below a finder: one that stands there already is not put in again.
      const name = (line) => line?.trim().split(/[ \u3000]/)[0];
      while (added.length > 1 && place > 0 && name(added[0]) === name(lines[place - 1])) added.shift();
      lines.splice(place, 0, ...added);
      rewrite(this.area, lines.join("\n"), 0, 0);
      this.selectWords(place);
    }

    /* Selects what stands behind the widget's name, ready to be typed over. */
    selectWords(index) {
      const [start, line] = this.lineAt(index);
      const name = line.match(/^\S+[ \u3000]?/)?.[0].length || 0;
      const words = line.slice(name).replace(MARKS, "").length;
      this.area.setSelectionRange(start + name, start + name + words);
    }

    selectLine(index) {
      const [start, line] = this.lineAt(index);
      this.area.focus();
      this.area.setSelectionRange(start, start + line.length);
    }

    lineAt(index) {
      const lines = this.area.value.split("\n");
      return [lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0), lines[index] || ""];
    }

    /* The red circle goes to the part the cursor is in, and away from where it was; pressed again, it goes. */
    tapHere() {
      const here = this.cursorLine;
      const [start, line] = this.lineAt(here);
      const part = line.slice(0, this.area.selectionStart - start).split(/[|｜]/).length - 1;
      const had = MARKS.test(line.split(/[|｜]/)[part] || "");
      const lines = this.area.value.split("\n").map((each) => this.withoutMark(each));
      if (!had && line.trim()) {
        const parts = lines[here].split(/([|｜])/);
        parts[2 * part] = `${parts[2 * part].trimEnd()} *${parts.length > 2 * part + 1 ? " " : ""}`;
        lines[here] = parts.join("");
      }
      const end = lines.slice(0, here + 1).join("\n").length;
      rewrite(this.area, lines.join("\n"), end, end);
    }

    withoutMark(line) {
      return line
        .split(/([|｜])/)
        .map((part) => (MARKS.test(part) && !/\*\*/.test(part) ? part.replace(MARKS, part.endsWith(" ") ? " " : "") : part))
        .join("");
    }
  }

  window.wagtail.app.register("screen-field", ScreenField);
})();
