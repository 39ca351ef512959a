// What every page shares: where focus goes after a swap, what is said aloud, and a question before harm.
// Everything works without this file; nothing here holds state the server does not have.
"use strict";

const said = () => document.getElementById("said");

// An empty region first: the same words twice in a row are otherwise read only once.
function say(text) {
  const region = said();
  if (!region || !text) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

function focusOn(element) {
  if (!element) return;
  if (!element.hasAttribute("tabindex") && !element.matches("a, button, input, select, textarea")) element.tabIndex = -1;
  element.focus({ preventScroll: false });
}

// A form that hurts asks first. In the capture phase, so that htmx never sees what was regretted.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// A select that stands alone sends its form at once; the button beside it is for those without JavaScript.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]") && event.target.form) event.target.form.requestSubmit();
});

document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("has-js");
  focusOn(document.querySelector("[data-focus]"));
});

// An address that is shown once is copied with one press. If the browser says no, it stands marked, to be copied by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select();
    if (!document.execCommand("copy")) return;
    button.focus();
  }
  button.querySelector("span").textContent = button.dataset.copied;
  say(button.dataset.copied);
});

// What the server wants said comes as an event in HX-Trigger: {"said": "…"}; where focus goes, as {"focus": "#id"}.
document.addEventListener("said", (event) => say(event.detail.value));
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.elt;
  focusOn(target.matches?.("[data-focus]") ? target : target.querySelector?.("[data-focus]"));
});
document.addEventListener("focus-on", (event) => {
  setTimeout(() => focusOn(document.querySelector(event.detail.value)), 30);
});

document.addEventListener("htmx:responseError", () => say(said()?.dataset.failed));
document.addEventListener("htmx:sendError", () => say(said()?.dataset.offline));

// Words somebody has begun to write are not lost by a slip of the finger.
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) unsaved = true;
});
document.addEventListener("submit", () => { unsaved = false; });
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.closest?.("form[data-guard]")) unsaved = false;
});
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
