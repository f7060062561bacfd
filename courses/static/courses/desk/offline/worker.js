// Keeps the page 离线点名 and what it is made of, and nothing else: never names, never another page.
// KEPT comes from the server (desk/rolls/offline.py): the page, its files, and a version that changes with them.
"use strict";
const NAME = "roll-page-";
const CURRENT = NAME + self.KEPT.version;

async function keep(cache, address) {
  const answer = await fetch(address, { credentials: "same-origin", cache: "reload" });
  // Who is not logged in would be given the log-in page under this address.
  if (!answer.ok || answer.redirected) throw new Error("not kept: " + address);
  return cache.put(address, answer);
}

self.addEventListener("install", (event) => {
  const all = [self.KEPT.page, ...self.KEPT.files];
  const kept = caches.open(CURRENT).then((cache) => Promise.all(all.map((each) => keep(cache, each))));
  event.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = caches.keys().then((names) => {
    const old = names.filter((name) => name.startsWith(NAME) && name !== CURRENT);
    return Promise.all(old.map((name) => caches.delete(name)));
  });
  event.waitUntil(tidy.then(() => self.clients.claim()));
});

// The kept page comes first, also when there is a network: it opens for who has to log in again, with all marks.
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isPage = event.request.mode === "navigate" && address.pathname === self.KEPT.page;
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (!isPage && !self.KEPT.files.includes(address.pathname)) return;
  const key = isPage ? self.KEPT.page : address.pathname;
  const kept = caches.open(CURRENT).then((cache) => cache.match(key));
  event.respondWith(kept.then((found) => found || fetch(event.request)));
});
