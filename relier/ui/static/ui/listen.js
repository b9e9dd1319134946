// Reads the page aloud, where the browser has a voice of its own for its language: a voice from
// elsewhere would send the words out. Without it the button is never there.
(() => {
  const speech = window.speechSynthesis;
  const kept = document.querySelector("template[data-listen]");
  if (!speech || !kept) return;
  let voice;

  const choose = () => {
    const language = document.documentElement.lang.slice(0, 2);
    const here = speech.getVoices().filter(
      (one) => one.localService && one.lang.slice(0, 2).toLowerCase() === language);
    voice = here.find((one) => /[-_]be$/i.test(one.lang)) || here[0];
    const button = kept.nextElementSibling?.matches("[data-listens]");
    if (voice && !button) kept.after(kept.content.cloneNode(true));
  };

  const say = () => {
    if (speech.speaking) return speech.cancel();
    for (const one of document.querySelectorAll("[data-read]")) {
      const words = new SpeechSynthesisUtterance(one.innerText);
      words.voice = voice;
      words.lang = voice.lang;
      words.rate = 0.9;
      speech.speak(words);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-listens]")) say();
  });
  addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", choose);
  choose();
})();
