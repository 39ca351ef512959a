// Who opens what the inbox tells of has read it. The link stays a link: it can be opened in a tab of its own, and
// without JavaScript the button beside it says the same.
"use strict";

function opened(event) {
  const link = event.target.closest?.("a[data-opens]");
  const button = link && document.getElementById(link.dataset.opens);
  if (!button?.hasAttribute("data-unread") || event.button === 2) return;
  const said = new FormData(button.form);
  said.append("quietly", "yes");
  fetch(button.form.action, { method: "POST", body: said, keepalive: true });
}

document.addEventListener("click", opened);
document.addEventListener("auxclick", opened);

// One menu at a time, and Escape closes it, with focus where it was opened.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".told__later[open]")) return;
  for (const other of document.querySelectorAll(".told__later[open]")) if (other !== event.target) other.open = false;
}, true);
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".told__later[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
