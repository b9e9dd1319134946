// Opens one page of presence without a connection: that of its own scope, kept on purpose, until
// its term. It sends nothing and keeps nothing by itself (docs/decisions/024).
const path = new URL(self.registration.scope).pathname;
const PATIENCE = 4_000;
const GONE = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Relier</title>
<p lang="fr">Les noms ne sont plus sur cet appareil. Revenez avec une connexion.</p>
<p lang="en">The names are no longer on this device. Come back with a connection.</p>`;

const kept = async () => {
  const found = await caches.match(path, { cacheName: `presence ${path}` });
  if (found && Date.now() < Number(found.headers.get("X-Until"))) return found;
  await caches.delete(`presence ${path}`);
  await self.registration.unregister();
  return new Response(GONE, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
};

const opens = async (request) => {
  const tired = new Promise((_done, fail) => setTimeout(fail, PATIENCE));
  try {
    const answer = await Promise.race([fetch(request), tired]);
    return answer.status < 500 ? answer : await kept();
  } catch {
    return kept();
  }
};

const beside = async (request) =>
  (await caches.match(request, { cacheName: `presence ${path}` })) ?? fetch(request);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const own = event.request.mode === "navigate" && new URL(event.request.url).pathname === path;
  if (own) event.respondWith(opens(event.request));
  else if (["script", "style", "image"].includes(event.request.destination)) {
    event.respondWith(beside(event.request));
  }
});
