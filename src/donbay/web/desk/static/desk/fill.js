// Keeps what is typed when the network or the server is gone: it is written down in this
// browser, sent again every few seconds, and put back after the page was closed.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("fill");
  if (!form || !window.htmx) return;
  const key = (name) => `donbay:${form.dataset.key}:${name}`;
  const unsaved = new Map();
  const state = (field) => field.querySelector(".save-state");

  const fieldOf = (element) => element.closest(".typing");
  const inputOf = (field) => field.querySelector("[name^='typed:']");
  const revision = (field) => field.querySelector("[name^='seen:']").value;

  form.addEventListener("input", (event) => {
    const field = fieldOf(event.target);
    if (!field || !event.target.name.startsWith("typed:")) return;
    const kept = { text: event.target.value, seen: revision(field) };
    try { localStorage.setItem(key(event.target.name), JSON.stringify(kept)); } catch { /* full or forbidden */ }
    unsaved.set(field, event.target.name);
  });

  // What the server has; leaving a field that was saved already sends nothing, so that
  // a button under it is not replaced while it is being pressed.
  const stored = new Map();
  const said = (field) => JSON.stringify(
    [...field.querySelectorAll("[name^='typed:'],[name^='note:'],[name^='bound:'],[name^='withdrawn:']")]
      .map((input) => (input.type === "checkbox" ? input.checked : input.value)),
  );

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const field = fieldOf(event.detail.elt);
    if (!field) return;
    const asked = event.detail.elt === field;
    if (asked && stored.get(field) === said(field)) {
      event.preventDefault();
      return;
    }
    event.detail.xhr.said = said(field);
    state(field).textContent = form.dataset.saving;
  });

  const failed = (event) => {
    const field = fieldOf(event.detail.elt);
    if (!field) return;
    unsaved.set(field, inputOf(field).name);
    state(field).textContent = form.dataset.failed;
  };
  document.body.addEventListener("htmx:sendError", failed);
  document.body.addEventListener("htmx:timeout", failed);
  document.body.addEventListener("htmx:responseError", failed);

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const field = fieldOf(event.detail.elt);
    if (!field || !event.detail.successful) return;
    stored.set(field, event.detail.xhr.said);
    const input = inputOf(field);
    // What was typed while the answer was under way is still to be sent.
    if (event.detail.requestConfig.parameters[input.name] !== input.value) return;
    unsaved.delete(field);
    localStorage.removeItem(key(input.name));
  });

  const again = () => {
    for (const field of unsaved.keys()) {
      if (state(field).textContent === form.dataset.failed) htmx.trigger(field, "change");
    }
  };
  setInterval(again, 7000);
  window.addEventListener("online", again);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
  form.addEventListener("submit", () => unsaved.clear());

  for (const field of form.querySelectorAll(".typing")) {
    const input = inputOf(field);
    stored.set(field, said(field));
    const text = localStorage.getItem(key(input.name));
    if (!text) continue;
    const kept = JSON.parse(text);
    localStorage.removeItem(key(input.name));
    if (kept.seen !== revision(field) || kept.text === input.value) continue;
    input.value = kept.text;
    state(field).textContent = form.dataset.restored;
    unsaved.set(field, input.name);
    setTimeout(() => htmx.trigger(field, "change"), 0);
  }
});
