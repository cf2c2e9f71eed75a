// Shows the map of another day in its place. Without this the button sends the form.
(() => {
  if (window.donbayMaps) return;
  window.donbayMaps = true;
  let latest = 0;

  const show = async (form) => {
    const address = new URL(location.href);
    address.search = new URLSearchParams(new FormData(form)).toString();
    const turn = ++latest;
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== latest) return; // another day was chosen meanwhile
    const told = [];
    for (const old of document.querySelectorAll("figure.chart[data-map]")) {
      const made = found.getElementById(old.id);
      old.hidden = !made;
      if (!made) continue;
      old.replaceChildren(...made.childNodes);
      told.push(old.querySelector("figcaption").textContent);
    }
    form.querySelector("[role=status]").textContent = told.join(". ");
    history.replaceState(null, "", address);
  };

  for (const form of document.querySelectorAll("form[data-slider]")) {
    form.querySelector("[type=submit]").hidden = true;
    form.addEventListener("change", () => show(form).catch(() => form.submit()));
  }
})();
