// What waits on this device to be sent: presences (docs/decisions/024), and what was written down in
// a room (`to`: where it goes, when not with the others). It bears no name: people are numbers here.
// An entry is written down before anything else, has a key of its own, and goes only
// once the server has answered for that key. Without an entry, nothing of this is ever loaded.
window.outbox = (() => {
  const COOKIE = "relier_along";
  const NOTE = "relier presence ";
  const AT_ONCE = 50;
  const [SOONEST, LATEST] = [2_000, 300_000];
  const hears = [];
  let wait = SOONEST, timer, trouble = "", different = new Set();

  const opened = () => new Promise((done, fail) => {
    const asked = indexedDB.open("relier-presence", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "n", autoIncrement: true });
      asked.result.createObjectStore("last", { keyPath: "place" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  // Done once it is on the disk, or not at all.
  const change = async (deed) => {
    const db = await opened();
    try {
      await new Promise((done, fail) => {
        const at = db.transaction(["entries", "last"], "readwrite", { durability: "strict" });
        at.oncomplete = done;
        at.onerror = at.onabort = () => fail(at.error);
        deed(at.objectStore("entries"), at.objectStore("last"));
      });
    } finally { db.close(); }
  };
  const all = async (name) => {
    const db = await opened();
    try {
      return await new Promise((done, fail) => {
        const asked = db.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
      });
    } finally { db.close(); }
  };

  // So that the server knows, as someone signs out, that something is still here.
  const tell = async () => {
    const entries = await all("entries");
    const kept = (await caches.keys()).some((name) => name.startsWith("presence "));
    const safe = location.protocol === "https:" ? "; Secure" : "";
    const lasts = entries.length || kept ? "; Max-Age=34560000" : "; Max-Age=0";
    document.cookie = `${COOKIE}=${entries.length}; Path=/; SameSite=Strict${lasts}${safe}`;
    hears.forEach((hear) => hear({ entries, trouble, different }));
    return entries;
  };

  // Written down twice: at once, where nothing is awaited, since a page may be left the instant after
  // a touch; then on the disk. What is found only in the first place is put back in the second.
  const put = async (said) => {
    const note = `${NOTE}${said[0].key}`;
    localStorage.setItem(note, JSON.stringify(said));
    await keep(said);
    localStorage.removeItem(note);
    await tell();
  };
  const recover = async () => {
    const notes = Object.keys(localStorage).filter((one) => one.startsWith(NOTE));
    const said = notes.map((one) => JSON.parse(localStorage.getItem(one)));
    said.sort(([one], [other]) => one.said_at.localeCompare(other.said_at));
    const here = new Set((await all("entries")).map((one) => one.key));
    for (const some of said) if (!here.has(some[0].key)) await keep(some);
    notes.forEach((one) => localStorage.removeItem(one));
  };

  const keep = (said) => change((entries, last) => {
    // What goes elsewhere is of nobody: once it is sent, nothing of it is remembered here.
    const written = new Map(said.filter((one) => !one.to).map((one) => [`${one.session} ${one.person}`, one]));
    for (const [place, one] of written) last.put({ ...one, place });
    said.forEach((one) => entries.add(one));
    entries.openCursor().onsuccess = (event) => {
      const at = event.target.result;
      if (!at) return;
      // What was refused is said anew: it waits no more.
      const anew = at.value.why && written.get(`${at.value.session} ${at.value.person}`);
      if (anew && anew.key !== at.value.key) at.delete();
      at.continue();
    };
  });

  const drop = (keys, whys) => change((entries) => {
    entries.openCursor().onsuccess = (event) => {
      const at = event.target.result;
      if (!at) return;
      if (keys.has(at.value.key)) at.delete();
      else if (whys.has(at.value.key)) at.update({ ...at.value, why: whys.get(at.value.key) });
      at.continue();
    };
  });

  // The token of whoever is signed in now; a word where nothing can be sent.
  const door = async (address) => {
    const answer = await fetch(address, { redirect: "manual", headers: { Accept: "application/json" } });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { trouble: "signed-out" };
    if (answer.status === 403 || answer.status === 404) return { trouble: "someone-else" };
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const sendSome = async (address, entries) => {
    const { token, member, trouble: found } = await door(address);
    if (found) return found;
    const mine = entries.filter((one) => one.by === member).slice(0, AT_ONCE);
    if (!mine.length) return "someone-else";
    const answer = await fetch(address, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ entries: mine }),
    });
    if (answer.type === "opaqueredirect") return "signed-out";
    if (!answer.ok) throw new Error(answer.status);
    const { answers } = await answer.json();
    const keys = new Set(), whys = new Map();
    for (const one of answers) {
      if (one.is === "refused") whys.set(one.key, one.why || "?");
      else keys.add(one.key);
      if (one.is === "differs") different.add(one.session);
    }
    await drop(keys, whys);
    return keys.size + whys.size ? "" : "unknown";
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(send, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LATEST);
  };

  // One window at a time. Whatever happens, what was not answered for stays.
  const send = () => navigator.locks.request("relier-presence", { ifAvailable: true }, async (lock) => {
    if (!lock) return later();
    const address = document.querySelector("[data-outbox]")?.dataset.send;
    if (!address) return tell();
    try {
      for (;;) {
        const entries = (await tell()).filter((one) => !one.why);
        if (!entries.length) { trouble = ""; wait = SOONEST; break; }
        trouble = "";
        for (const to of new Set(entries.map((one) => one.to ?? address))) {
          trouble = (await sendSome(to, entries.filter((one) => (one.to ?? address) === to))) || trouble;
        }
        if (trouble) break;
        wait = SOONEST;
      }
    } catch { trouble = "offline"; }
    if (trouble) later();
    else clearTimeout(timer);
    return tell();
  });

  // The pages with names go; what waits stays.
  const forget = async (path = "") => {
    for (const name of await caches.keys()) {
      if (name.startsWith(`presence ${path}`)) await caches.delete(name);
    }
    for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
      if (new URL(one.scope).pathname.startsWith(path || "/training/")) await one.unregister();
    }
    const session = path.split("/")[3] ?? "";
    await change((_entries, last) => {
      last.openCursor().onsuccess = (event) => {
        const at = event.target.result;
        if (!at) return;
        if (at.value.place.startsWith(session)) at.delete();
        at.continue();
      };
    });
    return tell();
  };

  // Pages whose term is over, of any session.
  const sweep = async () => {
    for (const name of await caches.keys()) {
      if (!name.startsWith("presence ")) continue;
      const path = name.slice("presence ".length);
      const page = await caches.match(path, { cacheName: name });
      if (!(Number(page?.headers.get("X-Until")) > Date.now())) await forget(path);
    }
  };

  const begin = async () => {
    const here = document.querySelector("[data-outbox]");
    if (!here || !window.indexedDB || !window.caches) return;
    hears.push(({ entries }) => {
      const count = here.querySelector("[data-count]");
      if (count) count.textContent = entries.length;
      if (here.hasAttribute("data-while")) here.hidden = !entries.length;
    });
    if (here.hasAttribute("data-signed-out")) return forget();
    await sweep();
    addEventListener("online", () => { wait = SOONEST; send(); });
    document.addEventListener("visibilitychange", () => document.hidden || send());
    return send();
  };
  const ready = window.indexedDB && window.caches ? recover() : Promise.resolve();
  addEventListener("DOMContentLoaded", () => { ready.then(begin).catch(() => {}); });
  return { ready, all, put, drop, send, forget, tell, heard: (hear) => hears.push(hear) };
})();
