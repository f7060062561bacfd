// Asking the server: every answer is one of a few kinds that can be said in words.
(function () {
  "use strict";
  const say = (kind, message) => ({ kind, message });
  const NO_NETWORK = say("away", "网断了。点了的都存在这台机器上，有了网会自己同步。");
  const LOG_IN = say("log-in", "要重新登录。点了的都还在，登录以后接着同步。");
  const BUSY = say("busy", "现在太忙。请过一会儿，按“现在同步”。");
  const GONE = say("refused", "这次课现在不归您点。请把点的抄下来，交给教务。");

  async function ask(url, options) {
    let answer;
    try {
      // Who is not logged in is led elsewhere: that is seen, not followed.
      answer = await fetch(url, Object.assign({ credentials: "same-origin", cache: "no-store", redirect: "manual" }, options));
    } catch (error) {
      return NO_NETWORK;
    }
    if (answer.type === "opaqueredirect") return LOG_IN;
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (isJson) {
      const data = await answer.json().catch(() => null);
      if (data === null) return NO_NETWORK;
      return answer.ok ? { kind: "done", data } : say("refused", data.message);
    }
    // A form that is out of date: the next try fetches its token anew.
    if (answer.status === 403) return LOG_IN;
    return answer.status === 404 ? GONE : BUSY;
  }

  const token = () => ask(document.body.dataset.token);

  function send(url, key, body) {
    const headers = { "X-CSRFToken": key, "Content-Type": "application/json" };
    return ask(url, { method: "POST", headers, body: JSON.stringify(body) });
  }

  const of = (name, id) => document.body.dataset[name].replace("/0/", "/" + id + "/");

  window.rollTalk = { token, send, of };
})();
