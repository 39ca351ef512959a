// Hears from the server that something has changed, while the page is looked at, and lets those who show it
// look again: «inbox-news» and «board-news» are events on the body. What has changed never comes this way.
// A hidden page holds no connection, for a browser allows six to a host. Without the stream we ask now and then.
"use strict";

(() => {
  const ASK_EVERY_MS = 30000;
  const TRY_AGAIN_MS = 60000;
  const SLOW_MS = 1000;

  let stream = null;
  let asking = 0;
  let again = 0;
  let opened = false;

  const tell = (name) => document.body.dispatchEvent(new CustomEvent(`${name}-news`, { bubbles: true }));
  const tellAll = () => ["inbox", "board"].forEach(tell);

  function address() {
    const board = document.getElementById("board")?.dataset.board;
    return board ? `/live?board=${board}` : "/live";
  }

  function open() {
    if (stream || document.hidden) return;
    stream = new EventSource(address());
    for (const name of ["inbox", "board"]) stream.addEventListener(name, () => tell(name));
    stream.addEventListener("gone", () => { close(); tellAll(); });
    stream.addEventListener("open", () => {
      stopAsking();
      // What changed while the page was away, or on its way, is fetched at once.
      if (opened || performance.now() > SLOW_MS) tellAll();
      opened = true;
    });
    stream.addEventListener("error", () => {
      if (stream?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      close();
      ask();
    });
  }

  function close() {
    stream?.close();
    stream = null;
  }

  function ask() {
    asking ||= setInterval(() => { if (!document.hidden) tellAll(); }, ASK_EVERY_MS);
    clearTimeout(again);
    again = setTimeout(open, TRY_AGAIN_MS);
  }

  function stopAsking() {
    clearInterval(asking);
    clearTimeout(again);
    asking = 0;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) close();
    else open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
})();
