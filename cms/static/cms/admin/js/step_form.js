/* The form of one step: what is optional lies closed until it holds something or something in it is wrong. */
(() => {
  const FILLED = "input:not([type=hidden]), textarea, select, input[type=hidden][id$='-screenshot'], input[type=hidden][id$='-recording']";

  class StepForm extends window.StimulusModule.Controller {
    connect() {
      this.element.addEventListener("beforematch", (event) => this.open(event.target));
      for (const more of this.element.querySelectorAll("[data-form-more]")) {
        const filled = [...more.querySelectorAll(FILLED)].some((input) => input.value);
        if (filled || more.querySelector(".w-field--error, .help-critical")) more.open = true;
      }
    }

    open(inside) {
      const more = inside.closest?.("[data-form-more]");
      if (more) more.open = true;
    }
  }

  /* What belongs to a screenshot is asked, and sent, only when there is one or something was written for it. */
  class PictureForm extends window.StimulusModule.Controller {
    static targets = ["about"];

    connect() {
      this.element.addEventListener("change", () => this.ask());
      this.ask();
    }

    ask() {
      const inputs = [...this.aboutTarget.querySelectorAll("input")];
      const screenshot = this.element.querySelector("input[name$='-screenshot']");
      const needed = !!screenshot?.value || inputs.some((input) => input.value);
      this.aboutTarget.hidden = !needed;
      for (const input of inputs) input.disabled = !needed;
    }
  }

  /* Enter goes on to the next field. A browser would send the form, and the page would jump to its top. */
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || field.role === "combobox") return;
    if (!field.matches("[data-edit-form] .struct-block input[type=text], #id_title, #id_goal")) return;
    event.preventDefault();
    const all = [...field.form.querySelectorAll("input[type=text], textarea")].filter((each) => each.offsetParent);
    all[all.indexOf(field) + 1]?.focus();
  });

  window.wagtail.app.register("picture-form", PictureForm);
  window.wagtail.app.register("step-form", StepForm);
})();
