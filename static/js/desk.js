// The office's desk by keys: through the queue, open beside, choose a step, write, send, on to the next.
// Every key presses a link or a button that is there for all; without this file they still work.
"use strict";

(() => {
  const main = document.getElementById("innhold");
  const desk = () => document.getElementById("desk");
  const beside = () => document.getElementById("beside");
  const rows = () => [...desk().querySelectorAll("[data-row]")];
  const linkIn = (row) => row?.querySelector("a");
  const rowOf = (id) => rows().find((row) => row.dataset.row === id);

  // The row one stands in, or else the one that is open beside, or else the first.
  function here() {
    const inRow = document.activeElement?.closest("[data-row]");
    return inRow ?? rowOf(beside().dataset.challenge) ?? undefined;
  }

  function walk(step) {
    const all = rows();
    const row = here();
    const next = row ? all[all.indexOf(row) + step] : all[0];
    linkIn(next)?.focus();
  }

  // Opens a challenge beside the queue unless it is there already, and then does what is next.
  async function opened(row) {
    if (row && beside().dataset.challenge !== row.dataset.row) {
      await window.htmx.ajax("GET", linkIn(row).getAttribute("href"), { target: "#beside", swap: "outerHTML" });
      mark();
    }
    return beside();
  }

  function mark() {
    for (const row of rows()) {
      const chosen = row.dataset.row === beside().dataset.challenge;
      row.toggleAttribute("data-chosen", chosen);
      if (chosen) linkIn(row).setAttribute("aria-current", "true"); else linkIn(row).removeAttribute("aria-current");
    }
  }

  async function choose(key) {
    const part = await opened(here());
    const control = part.querySelector(`[aria-keyshortcuts="${key}"]`);
    if (!control) return;
    if (control.type !== "radio") { control.focus(); return; }
    control.checked = true;
    control.dispatchEvent(new Event("change", { bubbles: true }));
    control.focus();
  }

  function pick() {
    const box = here()?.querySelector("[name=ids]");
    if (box) { box.checked = !box.checked; linkIn(here()).focus(); }
  }

  // Only the queue is swapped: what is written beside it stays.
  function take() {
    const form = document.getElementById("many");
    const button = form?.querySelector("[value=take]");
    if (!button) return;
    const box = here()?.querySelector("[name=ids]");
    if (!form.querySelector("[name=ids]:checked") && box) box.checked = true;
    form.requestSubmit(button);
  }

  function help() {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  }

  const KEYS = {
    j: () => walk(1), ArrowDown: () => walk(1), k: () => walk(-1), ArrowUp: () => walk(-1),
    x: pick, t: take, "?": help,
    u: () => desk().querySelector("[data-undo] button")?.click(),
    Escape: () => linkIn(here() ?? rows()[0])?.focus(),
  };
  const IN_PART = new Set([..."svlbpifmr"]);

  const writes = (element) => element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  const steers = (event) => event.target.matches("[type=radio]") && event.key.startsWith("Arrow");

  document.addEventListener("keydown", (event) => {
    if (!desk() || !main.contains(document.activeElement) || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && event.ctrlKey) {
      const form = event.target.closest("#answer-form");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || steers(event) || (writes(event.target) && event.key !== "Escape")) return;
    const act = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (act) {
      event.preventDefault();
      act();
    } else if (IN_PART.has(event.key.toLowerCase())) {
      event.preventDefault();
      choose(event.key.toLowerCase());
    }
  });

  // -- templates ---------------------------------------------------------------------------------------

  // A template fills an empty answer, or one that is nothing but another template. What is written stays.
  document.addEventListener("change", (event) => {
    const list = event.target;
    if (list.id !== "template" || !list.form) return;
    const { body, decision } = list.selectedOptions[0].dataset;
    const answer = list.form.querySelector("[name=reason]");
    const untouched = !answer.value.trim() || [...list.options].some((one) => one.dataset.body === answer.value);
    if (!body) return;
    if (!untouched) { window.say(list.dataset.kept); return; }
    answer.value = body;
    const steps = [...list.form.querySelectorAll("[name=decision]")];
    const fits = steps.find((step) => step.value === decision);
    if (fits && !steps.some((step) => step.checked)) fits.checked = true;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!["desk", "koen", "beside"].includes(event.detail.elt?.id)) return;
    mark();
    // What was pressed is gone with the old queue: the keys go on from the row one was at.
    if (document.activeElement === document.body) linkIn(rowOf(beside().dataset.challenge) ?? rows()[0])?.focus();
  });
})();
