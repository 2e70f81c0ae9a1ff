// What a machine can see of a page. Evaluated in the browser; it puts `look` on the window, and changes nothing else.
window.look = (() => {
  const seen = (one) => one.checkVisibility({ checkVisibilityCSS: true }) && one.getClientRects().length > 0;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const named = (one) => `${one.tagName.toLowerCase()} "${(one.innerText || one.name || one.id || "").trim().slice(0, 40)}"`;
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";

  // Every control that Tab must stop at: of a group of radios, the chosen one or the first.
  function controls() {
    const groups = new Set();
    return all(CONTROLS).filter((one) => {
      if (one.tabIndex < 0 || one.disabled || one.type === "hidden" || !seen(one)) return false;
      if (one.type !== "radio") return true;
      const group = all(`input[type=radio][name="${one.name}"]`, one.form || document);
      const stop = group.find((other) => other.checked) || group[0];
      return one === stop && !groups.has(one.name) && groups.add(one.name);
    });
  }

  // How a control looks: its own edges, and those of the mark before its label, where a radio or a tick box is drawn.
  function face(one) {
    const styles = [getComputedStyle(one)];
    const label = one.labels && one.labels[0];
    if (label) styles.push(getComputedStyle(label, "::before"));
    return styles.map((s) => [s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth].join()).join("|");
  }

  let faces = new Map();
  const eyes = {
    begin() {
      document.activeElement?.blur();
      getSelection()?.removeAllRanges();
      faces = new Map(controls().map((one) => [one, face(one)]));
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
      return faces.size;
    },
    // Where the focus is: how many controls before it, and whether one sees that it is there.
    here() {
      const one = document.activeElement;
      const place = [...faces.keys()].indexOf(one);
      if (place < 0) return { place, name: one === document.body ? "" : named(one), shows: true };
      const box = one.labels?.[0]?.getBoundingClientRect() ?? one.getBoundingClientRect();
      const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return { place, name: named(one), shows: inView && face(one) !== faces.get(one) };
    },
    names: () => [...faces.keys()].map(named),
    tooWide: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    // What sticks out of the page, but for what can be pushed sideways by itself, or is only there to be read aloud.
    stickingOut() {
      const edge = document.documentElement.clientWidth;
      const isOut = (box) => box.width > 0 && (box.right > edge + 1 || box.left < -1);
      return all("body *").filter((one) => seen(one) && isOut(one.getBoundingClientRect())
        && !one.closest(".wide-table, .govuk-visually-hidden, .govuk-skip-link, .stacks thead, svg *"))
        .slice(0, 5).map((one) => `${named(one)}.${one.getAttribute("class")}`);
    },
    // Words that are cut off, because their box is smaller than they are.
    cutOff: () => all("main *").filter((one) => seen(one) && getComputedStyle(one).overflow === "hidden"
      && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      && one.innerText?.trim() && !one.closest(".govuk-visually-hidden, svg, thead")).map(named),
    dangling: () => all("[aria-describedby], [aria-labelledby], [aria-controls], label[for]")
      .flatMap((one) => ["aria-describedby", "aria-labelledby", "aria-controls", "for"]
        .flatMap((name) => (one.getAttribute(name) || "").split(/\s+/).filter(Boolean)))
      .filter((id) => !document.getElementById(id)),
    twice() {
      const ids = all("[id]").map((one) => one.id);
      return ids.filter((id, place) => ids.indexOf(id) !== place);
    },
    // What can be pressed and does nothing by itself.
    idle: () => all("a:not([href]), button").filter((one) => seen(one)
      && !(one.tagName === "BUTTON" && one.type === "submit" && one.form)).map(named),
    headings: () => all("h1").map((one) => one.innerText.trim()),
    words: () => ({
      title: document.title,
      headings: eyes.headings(),
      summaries: all(".govuk-error-summary").length,
      dangling: eyes.dangling(),
      twice: eyes.twice(),
    }),
    // What is amiss with the page when its text is so large; afterwards the text is as it was.
    withTextAt(percent) {
      document.documentElement.style.fontSize = percent;
      const found = { tooWide: eyes.tooWide(), stickingOut: eyes.stickingOut(), cutOff: eyes.cutOff() };
      document.documentElement.style.fontSize = "";
      return found;
    },
    onPaper: () => ({
      doors: all("nav, .house-footer, .house-demo, button:not(.answer), a.govuk-button, .house-header__who").filter(seen).map(named),
      words: document.querySelector("main").innerText.trim().length,
      heading: all("h1").filter(seen).length,
      addresses: all("a[href]").filter((one) => !["none", "normal"].includes(getComputedStyle(one, "::after").content)).map(named),
    }),
  };
  return eyes;
})();
