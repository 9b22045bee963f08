"use strict";
// The page reads without this script: it opens the row that a link points to where the browser does not, opens all rows at once,
// and opens them for printing where the style sheet cannot.
const rows = () => [...document.querySelectorAll("details")];
const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  for (let row = target && target.closest("details"); row; row = row.parentElement.closest("details")) row.open = true;
  if (target) target.scrollIntoView();
};
const button = document.getElementById("open-all");
button.hidden = false;
button.addEventListener("click", () => {
  const opens = button.getAttribute("aria-pressed") !== "true";
  rows().forEach((row) => { row.open = opens; });
  button.setAttribute("aria-pressed", String(opens));
});
let closed = [];
addEventListener("beforeprint", () => {
  closed = rows().filter((row) => !row.open);
  closed.forEach((row) => { row.open = true; });
});
addEventListener("afterprint", () => closed.forEach((row) => { row.open = false; }));
addEventListener("hashchange", reveal);
reveal();
