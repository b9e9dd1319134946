// Two small helps. A form `data-goes-on` (a pile that is being read) is sent again until nothing is
// left; one with `data-sends` (a photograph) is sent as soon as a file is chosen. Each page also has
// its button: without this it is pressed.
(() => {
  const sends = document.querySelector("form[data-sends]");
  sends?.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length) return;
    sends.querySelector("[data-while]")?.removeAttribute("hidden");
    sends.requestSubmit();
  });

  const goOn = async () => {
    const form = document.querySelector("form[data-goes-on]");
    if (!form) return;
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form) });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.closest("form[data-goes-on]");
    document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
    if (focused) document.querySelector("main").focus();
    goOn();
  };
  goOn().catch(() => {});
})();
