// The grid of presence taken along (docs/decisions/024): kept on this device when it is asked for,
// opened without a connection, its lines written down at once and sent when they can be. Without
// this script the same form is sent as any other.
(() => {
  const form = document.querySelector("form[data-along]");
  if (!form || !window.outbox || !window.caches || !navigator.serviceWorker) return;
  const { session, member, worker, drawn } = form.dataset;
  const until = Number(form.dataset.until);
  const path = location.pathname;
  const says = [...document.querySelectorAll("[data-say]")];
  const rows = [...form.querySelectorAll("[data-person]")];
  const NAMES = ["how", "minutes", "where", "with", "missed"];
  const LENGTH = /^\s*(\d{1,2}\s*(h|:|u)\s*\d{0,2}|\d{1,4}\s*(m|mn|min)?|\d{1,2}[.,]\d{1,2}\s*h?)\s*$/i;
  let before = new Map(), last = new Map(), over = false;

  // --- a line ---
  const fields = (row, name) => [...form.elements].filter((one) => one.name === `${name}_${row.dataset.hex}`);
  const read = (row, name) => {
    const [first, ...others] = fields(row, name);
    if (first?.type !== "radio") return first?.value.trim() ?? "";
    return [first, ...others].find((one) => one.checked)?.value ?? "";
  };
  const write = (row, name, value) => {
    for (const one of fields(row, name)) {
      if (one.type === "radio") one.checked = one.value === value;
      else one.value = value;
    }
  };
  const line = (row) => Object.fromEntries(NAMES.map((name) => [name, read(row, name)]));
  const same = (one, other) => NAMES.every((name) => one[name] === other[name]);

  // --- what is said on the page ---
  const shown = (state) => says.forEach((one) => { one.hidden = !one.dataset.say.split(" ").some((word) => state.has(word)); });
  const drawState = async ({ entries, trouble, different }) => {
    if (over) return;
    const mine = entries.filter((one) => one.session === session);
    const state = new Set([entries.length ? "waits" : "sent"]);
    if (await caches.has(`presence ${path}`)) state.add("kept");
    else state.add("not-kept");
    if (trouble && entries.length) state.add(trouble);
    if (different.has(session)) state.add("differs");
    if (entries.some((one) => one.why)) state.add("refused");
    document.querySelectorAll("[data-count]").forEach((one) => { one.textContent = entries.length; });
    const oldest = document.querySelector("[data-oldest]");
    if (oldest && entries[0]) {
      oldest.textContent = new Date(entries[0].said_at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    }
    for (const row of rows) {
      const one = mine.findLast((entry) => entry.person === row.dataset.person);
      const mark = row.querySelector("[data-mark]");
      mark.textContent = one ? one.why || mark.dataset.waits : last.has(row.dataset.person) ? mark.dataset.said : "";
    }
    shown(state);
    const everyone = rows.every((row) => last.has(row.dataset.person));
    if (!entries.length && everyone && state.has("kept") && rows.length) await outbox.forget(path);
  };

  // --- keeping the page here ---
  const keep = async () => {
    const answer = await fetch(path, { redirect: "manual" });
    if (!answer.ok) return;
    const html = (await answer.text()).replace('data-drawn="now"', 'data-drawn="before"');
    const headers = new Headers(answer.headers);
    headers.set("X-Until", until);
    const cache = await caches.open(`presence ${path}`);
    const beside = [...document.querySelectorAll("link[rel~=stylesheet], link[rel=icon], script[src]")];
    await cache.addAll(beside.map((one) => one.href || one.src));
    await cache.put(path, new Response(html, { headers }));
    const made = await navigator.serviceWorker.register(worker, { scope: path });
    await new Promise((done) => {
      const at = made.active || made.installing || made.waiting;
      const see = () => at.state === "activated" && done();
      at.addEventListener("statechange", see);
      see();
    });
    navigator.storage?.persist?.();
    await outbox.tell();
  };

  const leave = () => {
    over = true;
    form.remove();
    shown(new Set(["gone"]));
    return outbox.forget(path);
  };

  // --- what is said of people ---
  const said = (others) => {
    const found = [];
    for (const row of rows) {
      const now = line(row);
      if (!now.how && others && !before.get(row).how) write(row, "how", now.how = others);
      if (!now.how || same(now, before.get(row))) continue;
      const wrong = NAMES.slice(1).find((name) => ["minutes", "missed"].includes(name) && now[name] && !LENGTH.test(now[name]));
      if (wrong) {
        shown(new Set(["wrong", "kept"]));
        fields(row, wrong)[0].focus();
        return null;
      }
      found.push([row, now]);
    }
    return found;
  };

  const submit = async (event) => {
    event.preventDefault();
    const found = said(event.submitter?.name === "everyone" ? "in_person" : "");
    if (!found?.length) return;
    const earlier = found.map(([row]) => [row, before.get(row), last.get(row.dataset.person)]);
    // Remembered at once, before anything is awaited: two quick touches are two different things.
    const entries = found.map(([row, now]) => {
      const { person } = row.dataset;
      const entry = {
        ...now, key: crypto.randomUUID(), session, person, by: member, why: "",
        seen: read(row, "seen"), after: last.get(person) ?? "", said_at: new Date().toISOString(),
      };
      before.set(row, now);
      last.set(person, entry.key);
      return entry;
    });
    try {
      await outbox.put(entries);
    } catch {
      earlier.forEach(([row, was, key]) => {
        before.set(row, was);
        key ? last.set(row.dataset.person, key) : last.delete(row.dataset.person);
      });
      shown(new Set(["lost"]));
      return;
    }
    outbox.send();
  };

  // --- as the page opens ---
  const fill = async () => {
    const known = (await outbox.all("last")).filter((one) => one.session === session);
    const waiting = new Set((await outbox.all("entries")).map((one) => one.key));
    for (const row of rows) {
      const one = known.find((entry) => entry.person === row.dataset.person);
      if (!one) continue;
      last.set(one.person, one.key);
      // A page drawn just now knows what was sent; one kept before does not.
      if (drawn === "before" || waiting.has(one.key)) NAMES.forEach((name) => write(row, name, one[name]));
    }
    before = new Map(rows.map((row) => [row, line(row)]));
  };

  const begin = async () => {
    await outbox.ready;
    if (Date.now() > until) return leave();
    setTimeout(leave, Math.min(until - Date.now(), 2_000_000_000));
    await fill();
    form.addEventListener("submit", submit);
    document.querySelectorAll("[data-forget]").forEach((one) => one.addEventListener("click", leave));
    document.querySelectorAll("[data-keep]").forEach((one) => one.addEventListener("click", keep));
    outbox.heard(drawState);
    if (new URLSearchParams(location.search).has("keep")) {
      await keep();
      history.replaceState(null, "", path);
    }
    form.setAttribute("data-ready", "");
    await outbox.tell();
  };
  begin().catch(() => shown(new Set(["lost"])));
})();
