// The board by keys, menu and drag. All three send what the page «Flytt til …» sends, to the same address.
// Without this file the board is a list of links, and «Flytt til …» is a page of its own.
"use strict";

(() => {
  const board = () => document.getElementById("board");
  const mover = document.getElementById("mover");
  const cardOf = (element) => element?.closest?.("[data-task]");
  const listOf = (card) => card.closest("[data-column]");
  const lists = () => [...board().querySelectorAll("[data-column]")];
  const cardsIn = (list) => [...list.querySelectorAll("[data-task]")];
  const focusCard = (card) => card?.querySelector("a")?.focus();
  const mayMove = () => board().hasAttribute("data-may-move");

  // One move at a time: the next waits until the board shows the one before.
  let turn = Promise.resolve();
  function inTurn(action) {
    turn = turn.then(action).catch(() => {});
    return turn;
  }

  function send(address, values) {
    const token = mover.querySelector("[name=csrf_token]").value;
    return window.htmx.ajax("POST", address + window.location.search, {
      target: "#board", swap: "outerHTML", values: { ...values, csrf_token: token },
    });
  }

  async function move(task, column, { before = "", position = "" } = {}) {
    await send(`/tasks/${task}/move`, { column, before, position });
    focusCard(document.getElementById(`task-${task}`));
  }

  // -- keys ------------------------------------------------------------------------------------------

  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  function look(card, [across, down]) {
    if (down) {
      const cards = cardsIn(listOf(card));
      focusCard(cards[cards.indexOf(card) + down]);
      return;
    }
    const all = lists();
    const index = cardsIn(listOf(card)).indexOf(card);
    for (let at = all.indexOf(listOf(card)) + across; all[at]; at += across) {
      const cards = cardsIn(all[at]);
      if (cards.length) { focusCard(cards[Math.min(index, cards.length - 1)]); return; }
    }
  }

  function carry(task, [across, down]) {
    const card = document.getElementById(`task-${task}`);
    if (!card) return undefined;
    const cards = cardsIn(listOf(card));
    const index = cards.indexOf(card);
    if (across) {
      const list = lists()[lists().indexOf(listOf(card)) + across];
      return list && move(task, list.dataset.column, { before: cardsIn(list)[index]?.dataset.task });
    }
    if (!cards[index + down]) return undefined;
    return move(task, listOf(card).dataset.column, { before: cards[down > 0 ? index + 2 : index - 1]?.dataset.task });
  }

  document.addEventListener("keydown", (event) => {
    const card = cardOf(event.target);
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step && !event.shiftKey) {
      event.preventDefault();
      look(card, step);
    } else if (step && mayMove()) {
      event.preventDefault();
      inTurn(() => carry(card.dataset.task, step));
    } else if (event.key === "?") {
      event.preventDefault();
      help();
    } else if (event.key.toLowerCase() === "m" && mayMove()) {
      event.preventDefault();
      openMover(card);
    }
  });

  function help() {
    const keys = document.getElementById("keys");
    if (!keys) return;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  }

  // -- the menu ----------------------------------------------------------------------------------------

  function openMover(card) {
    mover.dataset.task = card.dataset.task;
    mover.dataset.from = listOf(card).dataset.column;
    mover.querySelector("[data-what]").textContent = card.querySelector("a").textContent;
    for (const button of mover.querySelectorAll("[name=column]")) {
      button.hidden = button.value === mover.dataset.from;
    }
    mover.showModal();
  }

  document.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (event.target.closest("[data-move]") && mover && plain) {
      event.preventDefault();
      openMover(cardOf(event.target));
    } else if (event.target.closest("[data-close]")) {
      mover.close();
    }
  });

  mover?.addEventListener("close", () => focusCard(document.getElementById(`task-${mover.dataset.task}`)));

  // Both the menu and «Angre» are forms with an address; here they swap the board instead of the page.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-move-form]") || !window.htmx) return;
    const chosen = event.submitter;
    if (mover.contains(form)) {
      event.preventDefault();
      const { task, from } = mover.dataset;
      mover.close();
      const column = chosen.name === "column" ? chosen.value : from;
      const position = chosen.name === "position" ? chosen.value : "";
      inTurn(() => move(task, column, { position }));
    } else if (form.getAttribute("action").endsWith("/move")) {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(form));
      inTurn(() => send(form.getAttribute("action"), values));
    }
  });

  // -- drag --------------------------------------------------------------------------------------------

  let dragging = false;

  function dropped(event) {
    dragging = false;
    const { item, to, from, oldIndex, newIndex } = event;
    if (to === from && oldIndex === newIndex) return;
    inTurn(() => move(item.dataset.task, to.dataset.column, { before: item.nextElementSibling?.dataset.task }));
  }

  function letDrag() {
    if (!window.Sortable || !board() || !mayMove()) return;
    for (const list of lists()) {
      if (window.Sortable.get(list)) continue;
      window.Sortable.create(list, {
        group: "board", draggable: "[data-task]", animation: 0, delay: 200, delayOnTouchOnly: true,
        ghostClass: "task--ghost", onStart: () => { dragging = true; }, onEnd: dropped,
      });
    }
  }

  // -- what others do ----------------------------------------------------------------------------------

  const GATHER_MS = 150;
  let news = 0;

  const writtenIn = (field) => field.value !== field.defaultValue;

  // Others' changes are morphed in: what one reads, writes or has focus on stays where it is.
  async function lookAgain() {
    if (dragging) { newsCame(); return; }
    const headers = { "HX-Request": "true", "HX-Target": "board", "X-Background": "1" };
    const answer = await fetch(window.location.href, { headers, redirect: "error" });
    if (answer.status === 404) window.location.reload();
    if (!answer.ok || dragging) return;
    window.Idiomorph.morph(board(), await answer.text(), {
      morphStyle: "outerHTML", ignoreActiveValue: true, restoreFocus: true,
      callbacks: { beforeAttributeUpdated: (name, field) => name !== "value" || !writtenIn(field) },
    });
    window.htmx.process(board());
    letDrag();
  }

  function newsCame() {
    clearTimeout(news);
    news = setTimeout(() => inTurn(lookAgain), GATHER_MS);
  }

  document.addEventListener("board-news", newsCame);

  document.addEventListener("DOMContentLoaded", letDrag);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "board" || event.target.id === "board") letDrag();
  });
})();
