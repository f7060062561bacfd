// What this device keeps of prepared sessions: names until they are to be forgotten, marks until the server has them.
// IndexedDB, because a tap is shown only when it is kept, and several windows never overwrite each other.
(function () {
  "use strict";
  const NAME = "roll-call";
  // Says to other pages of the staff area that there may be something to forget (tidy.js).
  const FLAG = "roll-call";
  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const byTime = (one, other) => Date.parse(one.made_at) - Date.parse(other.made_at);
  let opened = null;

  function open() {
    opened = opened || new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("sessions", { keyPath: "id" });
        request.result.createObjectStore("marks", { keyPath: "id" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  // Runs work(sessions, marks) in one transaction and waits until the disk has it.
  async function within(mode, work) {
    const base = await open();
    const transaction = base.transaction(["sessions", "marks"], mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = await work(transaction.objectStore("sessions"), transaction.objectStore("marks"));
    await done;
    return result;
  }

  const all = () => within("readonly", async (sessions, marks) => ({
    sessions: await asked(sessions.getAll()),
    marks: (await asked(marks.getAll())).sort(byTime),
  }));

  function keepSession(session) {
    localStorage.setItem(FLAG, "1");
    return within("readwrite", async (sessions, marks) => {
      const before = await asked(sessions.get(session.id));
      const waiting = (await asked(marks.getAll())).some((each) => each.session === session.id);
      // Who prepares again in the middle loses nothing; what waits is still known by whom it was made.
      if (waiting && before) Object.assign(session, { touched: true, who: before.who });
      sessions.put(session);
    });
  }

  // Puts down taps of one session. One that was never sent, or whose question is settled by this, is taken out.
  // Returns for each tap {mark, replaced, before}: what it takes to undo it.
  const tap = (id, taps, settled) => within("readwrite", async (sessions, marks) => {
    const session = await asked(sessions.get(id));
    const waiting = (await asked(marks.getAll())).filter((each) => each.session === id);
    const done = taps.map((mark) => {
      const person = session.people.find((each) => each.id === mark.person);
      const own = waiting.filter((each) => each.person === mark.person).sort(byTime);
      const last = own[own.length - 1];
      own.filter((each) => !each.sent || settled.has(each.id)).forEach((each) => marks.delete(each.id));
      marks.put(mark);
      const { state, minutes } = last || person;
      return { mark, replaced: last && !last.sent ? last : null, before: { state: state || "struck", minutes } };
    });
    sessions.put(Object.assign(session, { touched: true }));
    return done;
  });

  // Takes taps back: out of here when they never left, else by a mark that says what was so before.
  const untap = (id, done, made) => within("readwrite", async (sessions, marks) => {
    const session = await asked(sessions.get(id));
    for (const { mark, replaced, before } of done) {
      const there = await asked(marks.get(mark.id));
      if (there && !there.sent) {
        marks.delete(mark.id);
        if (replaced) marks.put(replaced);
        continue;
      }
      const person = session.people.find((each) => each.id === mark.person);
      marks.put(Object.assign(made(), before, { session: id, person: mark.person, knew: person.line }));
    }
  });

  const put = (mark) => within("readwrite", (sessions, marks) => marks.put(mark));

  // Returns those of these marks that are still there, and notes that they may have left the device.
  const leave = (ids) => within("readwrite", async (sessions, marks) => {
    const leaving = [];
    for (const id of ids) {
      const mark = await asked(marks.get(id));
      if (!mark) continue;
      marks.put(Object.assign(mark, { sent: true }));
      leaving.push(mark);
    }
    return leaving;
  });

  // The server has these: they go, and what it says now is known.
  const acknowledge = (id, answers) => within("readwrite", async (sessions, marks) => {
    for (const answer of answers) marks.delete(answer.id);
    const session = await asked(sessions.get(id));
    const waiting = (await asked(marks.getAll())).filter((each) => each.session === id);
    for (const answer of answers) {
      if (!answer.now) continue;
      const person = session && session.people.find((each) => each.id === answer.learner);
      if (person) Object.assign(person, answer.now);
      const later = waiting.filter((each) => each.person === answer.learner);
      later.forEach((each) => marks.put(Object.assign(each, { knew: answer.now.line })));
    }
    if (session) sessions.put(session);
  });

  // Forgets the names of a session; what was not sent stays as numbers.
  const forget = (id) => within("readwrite", (sessions, marks) => forgetIn(sessions, marks, (each) => each.id === id));

  // Forgets the names of every session whose day is over.
  const forgetOld = (now) => within("readwrite", (sessions, marks) =>
    forgetIn(sessions, marks, (each) => Date.parse(each.forgotten_at) <= now));

  // Who logs out leaves no names, but where something is still to be sent.
  const forgetSent = () => within("readwrite", async (sessions, marks) => {
    const waiting = new Set((await asked(marks.getAll())).map((each) => each.session));
    return forgetIn(sessions, marks, (each) => !waiting.has(each.id));
  });

  async function forgetIn(sessions, marks, isMeant) {
    const waiting = new Set((await asked(marks.getAll())).map((each) => each.session));
    const found = await asked(sessions.getAll());
    for (const session of found.filter(isMeant)) {
      if (!waiting.has(session.id)) sessions.delete(session.id);
      else if (!session.forgotten) sessions.put(Object.assign(session, { people: [], forgotten: true }));
    }
  }

  const mayHoldNames = () => localStorage.getItem(FLAG) === "1";

  window.rollStore = { all, keepSession, tap, untap, put, leave, acknowledge, forget, forgetOld, forgetSent, mayHoldNames };
})();
