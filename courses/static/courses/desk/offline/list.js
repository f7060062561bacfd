// Drawing: the list one taps on, the sessions that are kept, what a person has to decide. Words only, never HTML.
(function () {
  "use strict";
  const one = (selector, within) => (within || document).querySelector(selector);
  const template = one("#off-person");
  const LABELS = { struck: "划掉" };
  for (const button of template.content.querySelectorAll(".off-choices button")) LABELS[button.value] = button.textContent;

  function line(words, ...buttons) {
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.textContent = words;
    item.append(text, ...buttons);
    return item;
  }

  function button(words, work) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = words;
    made.addEventListener("click", work);
    return made;
  }

  function link(words, address) {
    const made = document.createElement("a");
    made.className = "button";
    made.href = address;
    made.textContent = words;
    return made;
  }

  // What is so of somebody: the last tap that waits, else what the server said.
  function stateOf(person, marks) {
    const own = marks.filter((each) => each.person === person.id);
    return own.length ? own[own.length - 1] : person;
  }

  const isSilent = (person, marks) => !stateOf(person, marks).state;

  // Draws everybody of a session. `tapped(person, state, minutes)`; minutes undefined: they are still to be asked.
  function people(session, tapped) {
    const list = one(".off-people");
    list.textContent = "";
    for (const person of session.people) {
      const item = template.content.firstElementChild.cloneNode(true);
      item.dataset.person = person.id;
      const notes = (person.is_assistance ? "（帮办，不算人次）" : "") + (person.is_guest ? "（没有报名，今天来的）" : "");
      one("legend", item).textContent = person.name + notes;
      const asks = one(".off-minutes", item), minutes = one("input", asks);
      minutes.max = session.minutes;
      item.querySelectorAll(".off-choices button").forEach((choice) => {
        choice.addEventListener("click", () => {
          asks.hidden = choice.value !== "left-early";
          if (asks.hidden) tapped(person, choice.value, null);
          else minutes.focus();
        });
      });
      one("[value=minutes]", asks).addEventListener("click", () => tapped(person, "left-early", minutes.value));
      list.append(item);
    }
  }

  // Shows on the list that is drawn what is so now.
  function update(session, marks) {
    for (const item of one(".off-people").children) {
      const person = session.people.find((each) => String(each.id) === item.dataset.person);
      if (!person) continue;
      const now = stateOf(person, marks);
      item.classList.toggle("off-done", Boolean(now.state));
      item.querySelectorAll(".off-choices button").forEach((choice) =>
        choice.setAttribute("aria-pressed", String(choice.value === now.state)));
      const asks = one(".off-minutes", item);
      if (now.state === "left-early") {
        asks.hidden = false;
        if (document.activeElement !== one("input", asks)) one("input", asks).value = now.minutes;
      }
    }
  }

  function search(words) {
    const wanted = words.replace(/\s/g, "");
    for (const item of one(".off-people").children) item.hidden = !one("legend", item).textContent.includes(wanted);
  }

  // What the server did not put down: somebody decides.
  function questions(open, decide) {
    const section = one(".off-conflicts"), list = one("ul", section);
    section.hidden = !open.size;
    list.textContent = "";
    for (const [id, each] of open) {
      const mine = "您点的是“" + LABELS[each.mark.state] + "”。";
      const words = (each.name ? each.name + "：" : "") + mine + each.message;
      const choices = each.result === "conflict"
        ? [button("用我的", () => decide(id, true)), button("用现在的", () => decide(id, false))]
        : [button("知道了，不要这一条", () => decide(id, false))];
      list.append(line(words, ...choices));
    }
  }

  // The sessions on this device. Names that are gone while marks wait are said loudly.
  function sessions(kept, marks, { opened, dropped }) {
    const section = one(".off-sessions"), list = one("ul", section);
    list.textContent = "";
    for (const each of kept) {
      const waiting = marks.filter((mark) => mark.session === each.id).length;
      if (each.forgotten) {
        const words = each.title + "，" + each.when + "：有 " + waiting + " 条没有同步。姓名已经删掉了。请连上网，马上同步。";
        list.append(line(words));
        list.lastChild.className = "off-loud";
        continue;
      }
      const buttons = [button("点名", () => opened(each.id))];
      if (!waiting) buttons.push(button("不点了，删掉姓名", () => dropped(each.id)));
      const about = each.title + "，" + each.when + "。" + each.people.length + " 位。";
      list.append(line(waiting ? about + "未同步 " + waiting + " 条。" : about, ...buttons));
    }
    one(".off-none").hidden = kept.length > 0;
  }

  window.rollList = { people, update, search, questions, sessions, isSilent, link };
})();
