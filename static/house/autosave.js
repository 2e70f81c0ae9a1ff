// Saves a form while it is written: a moment after the last key, and never later than four seconds after the first.
// What could not be sent is tried again; the words stay on the page until they are safe.
const PAUSE = 1500;
const LONGEST = 4000;
const AGAIN = 3000;
const PATIENCE = 15000;

function keep(form) {
  const place = form.querySelector("[data-autosave]");
  const troubles = form.querySelectorAll("[data-autosave-trouble]");
  let pause, longest, isSaving, isUnsaved, isSent;

  const say = (trouble) => troubles.forEach((one) => (one.hidden = one.dataset.autosaveTrouble !== trouble));

  async function answered(answer) {
    if (answer.type === "opaqueredirect") return "signed-out";
    if (answer.status === 200 || answer.status === 409) {
      place.innerHTML = await answer.text();
      document.body.dispatchEvent(new Event("autosaved"));
      return "";
    }
    return answer.status >= 500 ? "later" : "refused";
  }

  async function save() {
    clearTimeout(pause);
    clearTimeout(longest);
    longest = undefined;
    if (isSaving || isSent) return;
    isSaving = true;
    isUnsaved = false;
    const sent = { method: "POST", body: new FormData(form), redirect: "manual" };
    sent.headers = { "X-Autosave": "1" };
    sent.signal = AbortSignal.timeout(PATIENCE);
    const trouble = await fetch(form.getAttribute("action") || location.href, sent).then(answered, () => "later");
    say(trouble);
    isSaving = false;
    if (trouble === "later") isUnsaved = true;
    if (isUnsaved && !isSent) pause = setTimeout(save, trouble ? AGAIN : PAUSE);
  }

  function changed() {
    isUnsaved = true;
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
    longest ??= setTimeout(save, LONGEST);
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(pause);
    clearTimeout(longest);
  });
  window.addEventListener("pageshow", () => (isSent = false));
  window.addEventListener("pagehide", () => {
    if (!isUnsaved || isSent) return;
    const sent = { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, keepalive: true };
    fetch(form.getAttribute("action") || location.href, { ...sent, redirect: "manual" }).catch(() => undefined);
  });
}

document.querySelectorAll("form:has([data-autosave])").forEach(keep);
