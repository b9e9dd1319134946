// What is written down while a meeting is held (docs/deliberation.md). Each form `data-kept` becomes
// an entry of ui/outbox.js with the key of the form: kept on this device first, sent when it can be,
// gone once the server has answered for it. Without this script the same form is sent as any other.
(() => {
  const here = document.querySelector("[data-room]");
  if (!here || !window.outbox || !window.indexedDB || !window.caches) return;
  const { room, member } = here.dataset;
  const forms = [...document.querySelectorAll("form[data-kept]")];
  const written = document.querySelector("[data-written]");
  const model = document.querySelector("[data-line]");
  const says = [...here.querySelectorAll("[data-say]")];
  const lines = new Map(); // key -> [entry, its line]
  const FEWEST = 5;

  const named = (form, name) => form.elements.namedItem(name);
  const number = (form, name) => Number(named(form, name).value) || 0;
  const shown = (state) => says.forEach((one) => { one.hidden = !state.has(one.dataset.say); });

  // What a line says, in the words that the page itself has.
  const told = (entry) => {
    if (entry.what === "said") return entry.words;
    const form = forms.find((one) => named(one, "what").value === "hands");
    const statement = [...named(form, "statement").options].find((one) => one.value === entry.statement);
    const counts = ["agree", "disagree", "unsure"].map((name) => `${named(form, name).labels[0].textContent.trim()} ${entry[name]}`);
    return `${statement?.textContent ?? ""}: ${counts.join(", ")}`;
  };

  const line = (entry) => {
    const made = model.content.firstElementChild.cloneNode(true);
    made.querySelector("[data-words]").textContent = told(entry);
    made.querySelector("[data-again]").addEventListener("click", () => putRight(entry));
    made.querySelector("[data-drop]").addEventListener("click", () => leaveOut(entry));
    written.prepend(made);
    lines.set(entry.key, [entry, made]);
    document.querySelector("[data-here]").hidden = false;
    return made;
  };

  const draw = ({ entries, trouble }) => {
    const mine = entries.filter((one) => one.session === room);
    const state = new Set();
    if (entries.length) state.add("waits");
    if (entries.length && trouble) state.add(trouble);
    if (mine.some((one) => one.why)) state.add("refused");
    for (const one of mine) if (!lines.has(one.key)) line(one);
    for (const [key, [, made]] of lines) {
      const one = mine.find((entry) => entry.key === key);
      const mark = made.querySelector("[data-mark]");
      mark.textContent = one ? one.why || mark.dataset.waits : mark.dataset.kept;
      made.querySelectorAll("button").forEach((button) => { button.hidden = !one?.why; });
    }
    shown(state);
  };

  const leaveOut = async (entry) => {
    await outbox.drop(new Set([entry.key]), new Map());
    lines.get(entry.key)[1].remove();
    lines.delete(entry.key);
    await outbox.tell();
  };
  const putRight = async (entry) => {
    const form = forms.find((one) => named(one, "what").value === entry.what);
    for (const [name, value] of Object.entries(entry)) {
      const field = named(form, name);
      if (!field || name === "what") continue;
      if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = value;
    }
    form.querySelector("input:not([type=hidden]), textarea, select").focus();
    await leaveOut(entry);
  };

  const isWrong = (form) => {
    const few = form.querySelector("[data-few]");
    if (!few) return !named(form, "words").value.trim();
    const hands = ["agree", "disagree", "unsure"].reduce((sum, name) => sum + number(form, name), 0);
    few.hidden = hands >= FEWEST;
    return !named(form, "statement").value || !named(form, "present").value || hands < FEWEST;
  };

  const anew = (form) => {
    named(form, "form_key").value = crypto.randomUUID();
    // Of the next count, the people of the room are the same; of the next sentence, what it is about.
    for (const name of ["agree", "disagree", "unsure", "words"]) {
      const field = named(form, name);
      if (field) field.value = "";
    }
    const agreed = named(form, "may_be_published");
    if (agreed) agreed.checked = false;
  };

  const submit = async (event) => {
    const form = event.target;
    event.preventDefault();
    if (isWrong(form)) {
      form.querySelector("input:not([type=hidden]):placeholder-shown, textarea, select")?.focus();
      return;
    }
    const said = Object.fromEntries(new FormData(form));
    delete said.csrfmiddlewaretoken;
    const entry = {
      ...said, key: said.form_key, to: form.dataset.kept, session: room, by: member, why: "",
      said_at: new Date().toISOString(),
    };
    anew(form);
    try {
      await outbox.put([entry]);
    } catch {
      shown(new Set(["lost"]));
      for (const [name, value] of Object.entries(said)) if (named(form, name)?.type !== "checkbox") named(form, name).value = value;
      return;
    }
    outbox.send();
  };

  const begin = async () => {
    await outbox.ready;
    forms.forEach((form) => { form.addEventListener("submit", submit); form.setAttribute("data-ready", ""); });
    outbox.heard(draw);
    await outbox.tell();
  };
  begin().catch(() => {});
})();
