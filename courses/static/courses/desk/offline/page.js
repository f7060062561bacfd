// 离线点名: what the page does. Which session is open stands in the address (#session=12), so that it is still open
// when the page is opened again without a network.
(function () {
  "use strict";
  const store = window.rollStore, talk = window.rollTalk, sending = window.rollSync, draw = window.rollList;
  const one = (selector) => document.querySelector(selector);
  const asked = (name) => Number((location.hash.match(new RegExp("^#" + name + "=(\\d+)$")) || [])[1] || 0);
  // Between two tries by itself, while something waits; and after the last tap.
  const AGAIN = 60000, SOON = 2000;
  let kept = { sessions: [], marks: [] };
  let taken = [], drawn = 0, again = 0, shown = "";

  const current = () => kept.sessions.find((each) => each.id === asked("session") && !each.forgotten);
  const marksOf = (id) => kept.marks.filter((each) => each.session === id);

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  const made = () => ({ id: uuid(), made_at: new Date().toISOString(), sent: false });

  function news(words, ...links) {
    const place = one(".off-news");
    place.textContent = words;
    place.append(...links);
  }

  async function refresh() {
    await store.forgetOld(Date.now());
    kept = await store.all();
    const over = kept.sessions.filter(isOver);
    for (const each of over) await store.forget(each.id);
    if (over.length) kept = await store.all();
    show();
    if (over.length) news("都同步了。姓名已经从这台机器上删掉了。要再改，请到“点名”页面。");
  }

  // Everything of it has arrived, and nobody is at it: the names go.
  function isOver(session) {
    if (!session.touched || marksOf(session.id).length) return false;
    const isComplete = session.people.every((each) => !draw.isSilent(each, []));
    return session !== current() || (isComplete && document.visibilityState === "hidden");
  }

  function show() {
    // What has not changed is left alone: nothing is read out twice, and no button loses its focus.
    const now = JSON.stringify([kept, Array.from(sending.open), location.hash, taken.length]);
    if (now === shown) return;
    shown = now;
    const session = current(), waiting = kept.marks.length;
    one(".off-state").hidden = false;
    one("[data-do=sync]").hidden = !waiting;
    const isTouched = kept.sessions.some((each) => each.touched);
    one(".off-count").textContent = waiting ? "未同步 " + waiting + " 条" : isTouched ? "都同步了" : "";
    one(".off-count").classList.toggle("off-waiting", waiting > 0);
    one(".off-prepare").hidden = !asked("prepare");
    one(".off-sessions").hidden = Boolean(session || asked("prepare"));
    one(".off-roll").hidden = !session;
    draw.questions(sending.open, decide);
    draw.sessions(kept.sessions, kept.marks, { opened: (id) => (location.hash = "session=" + id), dropped });
    if (session) showRoll(session);
    else drawn = 0;
    one("[data-do=undo]").hidden = !session || !taken.length;
  }

  function showRoll(session) {
    const marks = marksOf(session.id);
    if (drawn !== session.id) {
      one("#off-roll").textContent = session.title;
      draw.people(session, tapped);
      taken = [];
      drawn = session.id;
    }
    const silent = session.people.filter((each) => draw.isSilent(each, marks)).length;
    one(".off-when").textContent = session.when + "。应点 " + session.people.length + " 位，还没点 " + silent + " 位。";
    one("[data-do=all]").hidden = !silent;
    draw.update(session, marks);
  }

  async function put(session, people, state, minutes) {
    if (Date.now() < Date.parse(session.opens_at)) return news("还没有到上课的时间。开课前 1 个小时，可以点名。");
    const stamp = made().made_at, settled = new Set();
    const taps = people.map((person) => {
      const told = sending.settle(session.id, person.id);
      told.ids.forEach((id) => settled.add(id));
      const knew = told.now ? told.now.line : person.line;
      return Object.assign(made(), { made_at: stamp, session: session.id, person: person.id, state, minutes, knew });
    });
    taken.push(await store.tap(session.id, taps, settled));
    await refresh();
    soon();
  }

  function tapped(person, state, written) {
    const session = current();
    const minutes = state === "left-early" && /^\d+$/.test(written) ? Number(written) : null;
    if (state === "left-early" && (minutes === null || minutes > session.minutes)) {
      return news("早退的，请填在了几分钟。这次课一共 " + session.minutes + " 分钟。");
    }
    put(session, [session.people.find((each) => each.id === person.id)], state, minutes);
  }

  function everybody() {
    const session = current(), marks = marksOf(session.id);
    put(session, session.people.filter((each) => draw.isSilent(each, marks)), "present", null);
  }

  async function undo() {
    const last = taken.pop();
    if (last) await store.untap(current().id, last, made);
    await refresh();
    soon();
  }

  function soon() {
    window.clearTimeout(again);
    again = window.setTimeout(sync, navigator.onLine ? SOON : AGAIN);
  }

  async function sync() {
    window.clearTimeout(again);
    if (kept.marks.length) {
      const went = await sending.sync();
      news(went.message || "", ...waysOut(went.kind));
      await refresh();
    }
    if (kept.marks.some((each) => !sending.open.has(each.id))) again = window.setTimeout(sync, AGAIN);
  }

  // Who logs in comes back to the list that was open.
  function waysOut(kind) {
    const { logIn, identities } = document.body.dataset;
    if (kind === "log-in") return [draw.link("去登录", logIn + encodeURIComponent(location.hash))];
    return kind === "identity" ? [draw.link("换身份", identities)] : [];
  }

  async function decide(id, isMine) {
    // What was given up is not taken back once more: that would write over what somebody else put down.
    if (!isMine) taken = taken.map((taps) => taps.filter(({ mark }) => mark.id !== id)).filter((taps) => taps.length);
    await (isMine ? sending.insist(id) : sending.giveUp(id));
    await refresh();
    sync();
  }

  async function dropped(id) {
    await store.forget(id);
    await refresh();
  }

  async function prepare() {
    const id = asked("prepare"), granted = await talk.token();
    const there = kept.sessions.find((each) => each.id === id);
    if (granted.kind === "done" && there && marksOf(id).length && there.who !== granted.data.who) {
      return news("这次课，还有别人在这台机器上点的没有同步。请那个人先登录，同步好。");
    }
    const may = granted.kind === "done";
    const answer = may ? await talk.send(talk.of("prepare", id), granted.data.token, {}) : granted;
    if (answer.kind !== "done") {
      return news(answer.kind === "away" ? "现在没有网。有网的时候，才能准备。" : answer.message, ...waysOut(answer.kind));
    }
    await store.keepSession(answer.data);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    const isKept = await pageIsKept();
    location.replace("#session=" + id);
    news(isKept ? "准备好了。没有网，也能点名。" : "姓名存好了，这一页还没有存好。请先不要断网，刷新一次。");
  }

  // Without the page itself, names are no use where there is no network.
  function pageIsKept() {
    const tooLong = new Promise((resolve) => window.setTimeout(() => resolve(false), 15000));
    return Promise.race([navigator.serviceWorker.ready.then(() => true), tooLong]);
  }

  function finish() {
    location.hash = "";
    one("#off-sessions").scrollIntoView();
    sync();
  }

  const work = { sync, all: everybody, undo, prepare, finish };
  const ways = "serviceWorker" in navigator && window.indexedDB && window.isSecureContext;
  if (!ways) {
    one(".off-state").hidden = false;
    return news("这个浏览器不能离线点名。请用手机自己的浏览器打开，或者先记在纸上。");
  }
  document.addEventListener("click", (event) => {
    const asks = event.target.closest("[data-do]");
    if (asks) work[asks.dataset.do]();
  });
  one("#off-search").addEventListener("input", (event) => draw.search(event.target.value));
  window.addEventListener("hashchange", () => refresh().then(() => current() && one("#off-roll").focus()));
  window.addEventListener("online", sync);
  window.addEventListener("offline", () => news("网断了。点了的都存在这台机器上，有了网会自己同步。"));
  document.addEventListener("visibilitychange", refresh);
  // Midnight comes while the page is open.
  window.setInterval(refresh, 30000);
  navigator.serviceWorker
    .register(document.body.dataset.worker)
    .catch(() => !navigator.serviceWorker.controller && navigator.onLine && news("这一页没有存下来。请刷新一次。"));
  refresh().then(sync);
})();
