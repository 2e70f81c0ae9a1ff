// Reads the page aloud, piece by piece, and marks the piece it is at. Only loaded for those who asked for it.
const bar = document.getElementById("read-aloud");
const voice = window.speechSynthesis;
const PIECES = "h1, h2, h3, p, li, dt, dd, caption, th, td, label, legend, .govuk-hint, button.answer";
const MARK = "being-read";

// The innermost pieces that are shown: a list item with paragraphs in it is read paragraph by paragraph.
function piecesOf(page) {
  return [...page.querySelectorAll(PIECES)].filter(
    (piece) =>
      !bar.contains(piece) && piece.offsetParent !== null && !piece.querySelector(PIECES) && piece.innerText.trim(),
  );
}

function show(isReading) {
  const [start, stop] = bar.querySelectorAll("button");
  start.hidden = isReading;
  stop.hidden = !isReading;
  (isReading ? stop : start).focus();
}

function stop() {
  voice.cancel();
  document.querySelector(`.${MARK}`)?.classList.remove(MARK);
  show(false);
}

function read(pieces) {
  document.querySelector(`.${MARK}`)?.classList.remove(MARK);
  const [piece, ...rest] = pieces;
  if (!piece) return show(false);
  const said = new SpeechSynthesisUtterance(piece.innerText);
  said.lang = document.documentElement.lang;
  said.rate = 0.9;
  said.onend = () => read(rest);
  said.onerror = (trouble) => (["canceled", "interrupted"].includes(trouble.error) ? undefined : stop());
  piece.classList.add(MARK);
  piece.scrollIntoView({ block: "nearest" });
  voice.speak(said);
}

if (bar && voice && "SpeechSynthesisUtterance" in window) {
  bar.hidden = false;
  bar.querySelector("[data-read=start]").addEventListener("click", () => {
    show(true);
    read(piecesOf(document.getElementById("main-content")));
  });
  bar.querySelector("[data-read=stop]").addEventListener("click", stop);
  window.addEventListener("pagehide", () => voice.cancel());
}
