/* 内容检查: what the checks say about the page in the editor, fetched at first and after every save. */
(() => {
  function goTo(place) {
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }

  class ContentChecks extends window.StimulusModule.Controller {
    static values = { address: String };
    static targets = ["findings", "list"];

    connect() {
      this.saved = (event) => this.fetch(event.detail?.response?.pk);
      document.addEventListener("w-autosave:success", this.saved);
      this.fetch();
    }

    disconnect() {
      document.removeEventListener("w-autosave:success", this.saved);
      this.request?.abort();
      this.waiting?.disconnect();
    }

    /* A new page has no number before its first save: the address ends in 0 until then. */
    async fetch(number) {
      if (number) this.addressValue = this.addressValue.replace(/\d+\/$/, `${number}/`);
      if (this.addressValue.endsWith("/0/")) return;
      this.request?.abort();
      this.request = new AbortController();
      try {
        const answer = await fetch(this.addressValue, { signal: this.request.signal });
        if (answer.ok) this.show(await answer.text());
      } catch (problem) {
        if (problem.name !== "AbortError") return; // off line: the last findings stay
      }
    }

    /* The place may lie behind another tab, which Wagtail shows only a moment after it was pressed. */
    jump(event) {
      const link = event.target.closest("a[href^='#']");
      const place = link && document.getElementById(link.hash.slice(1));
      if (!place) return;
      event.preventDefault();
      this.waiting?.disconnect(); // of two findings, the later one is gone to
      const tab = place.closest("[role=tabpanel][hidden]");
      if (!tab) return goTo(place);
      this.waiting = new MutationObserver((_, waiting) => {
        if (tab.hidden) return;
        waiting.disconnect();
        goTo(place);
      });
      this.waiting.observe(tab, { attributeFilter: ["hidden"] });
      document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    }

    show(html) {
      const open = this.hasListTarget && this.listTarget.open;
      this.findingsTarget.innerHTML = html;
      if (open && this.hasListTarget) this.listTarget.open = true;
    }
  }

  window.wagtail.app.register("content-checks", ContentChecks);
})();
