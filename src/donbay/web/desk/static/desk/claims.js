// One key for each claim: its keys work while the focus is in a claim and not in an input.
// Without this script the same buttons send the same forms.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.getElementById("claims");
  if (!list) return;
  const pane = document.getElementById("document-text");
  let byKey = false;
  let answered = null;

  const cards = () => [...list.querySelectorAll(".claim")];
  const cardOf = (element) => (element instanceof Element ? element.closest(".claim") : null);
  // Whatever the keyboard's letters are, the key is known by its place.
  const letter = (event) =>
    /^[a-z0-9]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^(Key|Digit)/, "").toLowerCase();

  const show = (card) => {
    for (const mark of document.querySelectorAll(".said-here")) mark.classList.remove("said-here");
    const mark = document.getElementById(card.id.replace("c", "m"));
    if (!mark) return;
    mark.classList.add("said-here");
    if (pane && pane.scrollHeight > pane.clientHeight) {
      const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      pane.scrollTop += above - pane.clientHeight / 3;
    }
  };
  list.addEventListener("focusin", (event) => {
    const card = cardOf(event.target);
    if (card) show(card);
  });

  const go = (card) => { if (card) card.focus(); };
  const step = (card, by) => { const all = cards(); go(all[all.indexOf(card) + by]); };
  const press = (card, selector) => {
    const button = card.querySelector(selector);
    if (!button) return false;
    byKey = true;
    button.click();
    return true;
  };
  const mend = (card) => {
    const box = card.querySelector("details.mend");
    if (!box) return;
    box.open = true;
    box.querySelector("select").focus();
  };

  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const card = cardOf(event.target);
    if (!card) return;
    if (event.key === "Escape") {
      const box = card.querySelector("details.mend");
      if (box) box.open = false;
      go(card);
      return;
    }
    if (event.target.matches("input, select, textarea")) return;
    const key = letter(event);
    if (event.key === "ArrowDown" || key === "j") step(card, 1);
    else if (event.key === "ArrowUp" || key === "k") step(card, -1);
    else if (key === "a") { if (!press(card, "[name=accept]")) mend(card); }
    else if (key === "r") press(card, "[name=reject]");
    else if (key === "m") mend(card);
    else if (/^[1-9]$/.test(key)) press(card, `[name=alternative][value="${key}"]`);
    else return;
    event.preventDefault();
  });

  // What was decided takes the place of the old card; then the next open one has the focus.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.requestConfig && event.detail.requestConfig.elt.dataset.claim;
    const card = id && document.getElementById(id);
    if (!card || event.detail.xhr === answered) return; // told for each part that came
    answered = event.detail.xhr;
    const mark = document.getElementById(id.replace("c", "m"));
    if (mark) mark.className = `said said-${card.dataset.state}`;
    const refused = card.querySelector("[role=alert]");
    const all = cards();
    const open = (one) => one.dataset.state === "undecided";
    const next = all.slice(all.indexOf(card) + 1).find(open) || all.find(open);
    if (byKey && !refused) go(next || document.getElementById("claims-done"));
    else go(card);
    byKey = false;
  });
});
