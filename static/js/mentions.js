// «@ka» in a conversation shows whom one may mean, in a list for keys and mouse. What is sent is the text:
// without this file people write the name themselves.
"use strict";

(() => {
  const BEFORE = /(?:^|[\s(«"])@([^\s@][^\n@]{0,60})$/u;
  const PAUSE_MS = 150;
  const WORDS = 4;
  let box = null;      // the text being written in, while its list is open
  let timer = 0;
  let asked = 0;
  let written = "";    // the name put in last: what comes after it is no longer part of it

  const list = () => document.getElementById("mention-hits");
  const options = () => [...(list()?.querySelectorAll("[role=option]") ?? [])];
  const chosen = () => options().find((one) => one.getAttribute("aria-selected") === "true");
  const sayAloud = (value) => document.dispatchEvent(new CustomEvent("said", { detail: { value } }));

  function begun(text) {
    const found = BEFORE.exec(text.value.slice(0, text.selectionStart));
    if (!found || found[1].split(" ").length > WORDS || (written && found[1].startsWith(written))) return null;
    return found[1];
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    list()?.remove();
    box?.removeAttribute("aria-controls");
    box?.removeAttribute("aria-activedescendant");
    box = null;
  }

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = options();
    choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
  }

  function insert(option) {
    const text = box;
    const end = text.selectionStart;
    const start = end - begun(text).length;
    const rest = text.value.slice(end).startsWith(" ") ? 1 : 0;
    text.setRangeText(`${option.dataset.writes} `, start, end + rest, "end");
    written = `${option.dataset.writes} `;
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function show(text, words) {
    const mine = ++asked;
    const address = new URL(text.dataset.people, location.href);
    address.searchParams.set("q", words);
    const answer = await fetch(address, { headers: { "HX-Request": "true", "HX-Target": "mention-hits" } }).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    if (mine !== asked || document.activeElement !== text) return;
    const hits = new DOMParser().parseFromString(html, "text/html").getElementById("mention-hits");
    close();
    if (!hits?.querySelector("[role=option]")) return;
    box = text;
    text.after(hits);
    const people = hits.querySelector("[role=listbox]");
    text.setAttribute("aria-controls", people.id);
    choose(options()[0]);
    people.scrollIntoView({ block: "nearest" });
    sayAloud(hits.dataset.said);
  }

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("textarea[data-people]")) target.setAttribute("aria-autocomplete", "list");
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea[data-people]")) return;
    clearTimeout(timer);
    const words = begun(target);
    if (words === null) close();
    else timer = setTimeout(() => show(target, words), PAUSE_MS);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target !== box || event.isComposing) return;
    const acts = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => insert(chosen()), Tab: () => insert(chosen()), Escape: close };
    if (!Object.hasOwn(acts, event.key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }, true);

  document.addEventListener("selectionchange", () => {
    if (box && document.activeElement === box && begun(box) === null) close();
  });

  // The mouse may not take the focus: the list closes when the text loses it.
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("#mention-hits [role=option]");
    if (!option) return;
    event.preventDefault();
    insert(option);
  });

  document.addEventListener("focusout", ({ target }) => {
    if (target.matches("textarea[data-people]")) close();
  });
})();
