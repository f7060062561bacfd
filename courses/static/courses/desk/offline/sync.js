// Sends what waits, session by session; what the server has goes, what needs a person stays and is shown.
(function () {
  "use strict";
  const store = window.rollStore, talk = window.rollTalk;
  const MOST = 100;
  // Marks that need a person to decide, by their id: {result, message, name, now}. Never kept on the device.
  const open = new Map();
  let running = null;

  // Returns {kind, message} of how it went. Two at once are one.
  function sync() {
    running = running || all().finally(() => (running = null));
    return running;
  }

  async function all() {
    const granted = await talk.token();
    if (granted.kind !== "done") return granted;
    if (!granted.data.may) return { kind: "identity", message: "您现在的身份不能点名。请换一个身份，再同步。" };
    let worst = { kind: "done", message: "" };
    const { sessions, marks } = await store.all();
    for (const id of new Set(marks.map((each) => each.session))) {
      const session = sessions.find((each) => each.id === id);
      const waiting = marks.filter((each) => each.session === id && !open.has(each.id));
      for (let from = 0; from < waiting.length; from += MOST) {
        const answer = await send(id, session, waiting.slice(from, from + MOST), granted.data.token);
        if (answer.kind !== "done") worst = answer;
        if (answer.kind === "away" || answer.kind === "log-in") return answer;
      }
    }
    return worst;
  }

  async function send(id, session, waiting, key) {
    const leaving = await store.leave(waiting.map((each) => each.id));
    if (!leaving.length) return { kind: "done", message: "" };
    const marks = leaving.map(({ id, person, state, minutes, made_at, knew }) => ({ id, learner: person, state, minutes, made_at, knew }));
    const answer = await talk.send(talk.of("upload", id), key, { who: session ? session.who : 0, marks });
    if (answer.kind !== "done") return answer;
    for (const each of answer.data.answers) {
      const mark = leaving.find((other) => other.id === each.id);
      if (mark && each.result !== "done") open.set(each.id, Object.assign({ session: id, mark }, each));
    }
    await store.acknowledge(id, answer.data.answers.filter((each) => each.result === "done"));
    return answer;
  }

  // 用我的: the same mark again, by somebody who has seen what it replaces.
  async function insist(id) {
    const { mark, now } = open.get(id);
    open.delete(id);
    await store.put(Object.assign({}, mark, { knew: now.line }));
  }

  // 用现在的, 不要这一条: the mark goes.
  async function giveUp(id) {
    const { session, mark, now } = open.get(id);
    open.delete(id);
    await store.acknowledge(session, [{ id, learner: mark.person, now }]);
  }

  // Somebody tapped anew: the questions about that person are answered by it. Returns what they were told is so now.
  function settle(session, person) {
    const told = Array.from(open.values()).filter((each) => each.session === session && each.mark.person === person);
    told.forEach((each) => open.delete(each.id));
    return { ids: told.map((each) => each.id), now: told.map((each) => each.now).find(Boolean) };
  }

  window.rollSync = { sync, insist, giveUp, settle, open };
})();
