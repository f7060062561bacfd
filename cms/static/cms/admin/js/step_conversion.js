/* A step becomes a shared one and back, in the form itself: nothing that was typed is lost, nothing reloads. */
(() => {
  const headers = () => ({
    "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
    "X-Requested-With": "XMLHttpRequest",
  });
  const BROKEN = "没有成功，您写的字都还在。过一会儿再试一次。";

  const FORBIDDEN = "没有成功：您不能新建共用步骤，或者登录过期了。您写的字都还在。";

  /* Where a block stands: its stream, and itself among the stream's children. */
  function placeOf(element) {
    const stream = element.closest("[id$='-root']")?.rootBlock;
    const child = stream?.children.find((each) => each.element.contains(element));
    return { stream, child };
  }

  function replace({ stream, child }, type, value) {
    const index = stream.children.indexOf(child);
    const made = stream.insert({ type, value, id: crypto.randomUUID() }, index + 1, { animate: true, focus: true });
    stream.deleteBlock(index, { animate: true });
    // Wagtail's autosave listens for this.
    made.element.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
    return made;
  }

  async function answerOf(response) {
    if (response.ok || response.status === 422) return response.json();
    return { errors: [response.status === 403 ? FORBIDDEN : BROKEN] };
  }

  class ShareStep extends window.StimulusModule.Controller {
    connect() {
      setTimeout(() => this.offer(), 0); // the stream knows itself only once all of it is there
    }

    offer() {
      const { stream } = placeOf(this.element);
      this.element.hidden = !stream?.blockDef.childBlockDefsByName?.shared_step;
    }

    ask() {
      const dialog = document.getElementById("share-step").content.firstElementChild.cloneNode(true);
      const title = dialog.querySelector("[name=title]");
      const words = this.element.closest(".step-form").querySelector("input[name$='-do']").value;
      title.value = words.replace(/[。！]$/, "").slice(0, 40);
      dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => dialog.remove());
      dialog.querySelector("form").addEventListener("submit", (event) => {
        event.preventDefault();
        this.share(dialog);
      });
      document.body.append(dialog);
      dialog.showModal();
      title.select();
    }

    async share(dialog) {
      const place = placeOf(this.element);
      const form = dialog.querySelector("form");
      const button = form.querySelector("[type=submit]");
      button.disabled = true;
      const asked = new FormData(form);
      const prefix = place.child.block.prefix;
      asked.set("prefix", prefix);
      for (const [name, value] of new FormData(this.element.closest("form"))) {
        if (name.startsWith(`${prefix}-`)) asked.append(name, value);
      }
      const response = await fetch(form.action, { method: "POST", body: asked, headers: headers() }).catch(() => null);
      const answer = response ? await answerOf(response) : { errors: [BROKEN] };
      button.disabled = false;
      dialog.querySelector("[role=alert]").replaceChildren(
        ...(answer.errors || []).map((words) => Object.assign(document.createElement("p"), { textContent: words })),
      );
      if (answer.errors) return;
      dialog.close();
      replace(place, "shared_step", answer.state);
    }
  }

  class SharedStep extends window.StimulusModule.Controller {
    connect() {
      this.element.addEventListener("change", () => this.tell());
      setTimeout(() => this.offer(), 0);
    }

    offer() {
      const { stream } = placeOf(this.element);
      if (this.button || !stream?.blockDef.childBlockDefsByName?.step) return;
      this.button = document.getElementById("own-step").content.firstElementChild.cloneNode(true);
      this.button.querySelector("button").addEventListener("click", () => this.own());
      this.element.append(this.button);
      this.tell();
      // Nobody adds a shared step but to choose one.
      const added = !this.element.closest("[data-was-here]");
      if (added && !this.chosen) this.element.querySelector("[data-chooser-action-choose]:not([hidden])")?.click();
    }

    get chosen() {
      return this.element.querySelector("input[type=hidden]").value;
    }

    tell() {
      if (this.button) this.button.hidden = !this.chosen;
    }

    async own() {
      const pk = this.chosen;
      const note = this.button.querySelector("[role=status]");
      if (!pk) return;
      const address = this.button.dataset.url.replace("/0/", `/${pk}/`);
      const response = await fetch(address, { headers: headers() }).catch(() => null);
      if (!response?.ok) {
        note.textContent = BROKEN;
        return;
      }
      replace(placeOf(this.element), "step", (await response.json()).state);
    }
  }

  window.wagtail.app.register("share-step", ShareStep);
  window.wagtail.app.register("shared-step", SharedStep);
})();
