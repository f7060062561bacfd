// On every page of the staff area: names that 离线点名 keeps on this device go when their day is over, and when
// somebody logs out, as far as nothing waits to be sent. Where nothing was ever prepared, nothing is opened.
(function () {
  "use strict";
  const store = window.rollStore;
  const way = document.currentScript.dataset.logOut;
  if (!window.indexedDB || !store.mayHoldNames()) return;
  const quietly = (work) => work.catch(() => null);
  quietly(store.forgetOld(Date.now()));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action, location.href).pathname !== way) return;
    event.preventDefault();
    const tooLong = new Promise((resolve) => window.setTimeout(resolve, 2000));
    Promise.race([quietly(store.forgetSent()), tooLong]).then(() => HTMLFormElement.prototype.submit.call(form));
  });
})();
