/* A lesson's first step can be written in at once; the others are put in after it, one by one, so that no key has to
   wait for all of them. Whoever asks for the whole meanwhile - a form being sent - gets the whole. */
(() => {
  const { StreamBlock, StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const AT_ONCE = 1;
  // Two seconds after it opened, Wagtail takes what stands in the form for what is saved: all must stand there by then.
  const LATEST = 1000;
  const arriving = new Set();
  /* A step, or a 批注 in one, that somebody was sent to. */
  const ledTo = location.hash || new URLSearchParams(location.search).has("comment");

  /* Not added by hand: step_conversion.js asks. */
  const mark = (child) => (child.element.dataset.wasHere = "");

  const isSent = (field) => field.name && !field.disabled && (field.checked || !["checkbox", "radio"].includes(field.type));

  class ArrivingSteps extends StreamBlock {
    setState(values) {
      super.setState(values.slice(0, AT_ONCE));
      this.children.forEach(mark);
      this.waiting = values.slice(AT_ONCE);
      arriving.add(this);
      const latest = performance.now() + LATEST;
      setTimeout(() => this.goOn(latest), 0);
    }

    goOn(latest) {
      this.next();
      if (performance.now() > latest) this.complete();
      if (this.waiting.length) setTimeout(() => this.goOn(latest), 0);
    }

    /* Behind all that stand there already, also those added meanwhile. Choosers tell of a change when they are filled;
       nobody has changed anything, and the whole page would look up at each. */
    next() {
      const silence = (event) => event.stopPropagation();
      this.element.addEventListener("change", silence);
      if (this.waiting.length) mark(this.insert(this.waiting.shift(), this.children.length));
      this.element.removeEventListener("change", silence);
      if (!this.waiting.length) arriving.delete(this);
    }

    complete() {
      while (arriving.has(this)) this.next();
    }

    getState() {
      this.complete();
      return super.getState();
    }

    getDuplicatedState() {
      this.complete();
      return super.getDuplicatedState();
    }

    getValue() {
      this.complete();
      return super.getValue();
    }
  }

  class ArrivingStepsDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, state, error, capabilities) {
      // What is wrong is marked, and what an address leads to is gone to, as soon as the page is there.
      if (!error && !ledTo) return new ArrivingSteps(this, placeholder, prefix, state, error, capabilities);
      const whole = super.render(placeholder, prefix, state, error, capabilities);
      whole.children.forEach(mark);
      return whole;
    }
  }

  document.addEventListener("formdata", ({ target, formData }) => {
    for (const steps of [...arriving].filter((each) => target.contains(each.element))) {
      steps.complete();
      const fields = [...steps.element.querySelectorAll("input, select, textarea")];
      for (const field of fields.filter(isSent)) formData.set(field.name, field.value);
    }
  });

  window.telepath.register("cms.blocks.ArrivingSteps", ArrivingStepsDefinition);
})();
