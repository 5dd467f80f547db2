"use strict";
// Finds classes and features by any part of their name, in any case; the best match first.
const input = document.getElementById("search");
const found = document.getElementById("found");
const LIMIT = 40;

function rank(name, wanted) {
  const at = name.toLowerCase().indexOf(wanted);
  if (at < 0) return -1;
  const local = name.slice(name.indexOf("_") + 1).toLowerCase();
  if (name.toLowerCase() === wanted || local === wanted) return 0;
  if (at === 0 || local.startsWith(wanted)) return 1;
  return 2;
}

function search(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const hits = [];
  for (const [name, page, features] of NAMES) {
    const own = rank(name, wanted);
    if (own >= 0) hits.push([own * 2, name, page, ""]);
    for (const feature of features) {
      const rest = rank(feature, wanted);
      if (rest >= 0) hits.push([rest * 2 + 1, feature, page + "#" + feature, name]);
    }
  }
  hits.sort((a, b) => a[0] - b[0] || a[1].localeCompare(b[1]) || a[3].localeCompare(b[3]));
  return hits.slice(0, LIMIT);
}

function show() {
  const hits = search(input.value);
  found.replaceChildren();
  for (const [, name, page, owner] of hits) {
    const link = document.createElement("a");
    link.href = page;
    link.textContent = name;
    if (owner) {
      const small = document.createElement("small");
      small.textContent = " in " + owner;
      link.append(small);
    }
    const item = document.createElement("li");
    item.append(link);
    found.append(item);
  }
  if (!hits.length && input.value.trim()) {
    const item = document.createElement("li");
    item.className = "none";
    item.textContent = "Nothing has this in its name.";
    found.append(item);
  }
  found.hidden = !input.value.trim();
  choose(0);
}

function links() {
  return [...found.querySelectorAll("a")];
}

function choose(at) {
  links().forEach((link, n) => link.classList.toggle("chosen", n === at));
}

input.addEventListener("input", show);
input.addEventListener("keydown", (event) => {
  const all = links();
  const at = all.findIndex((link) => link.classList.contains("chosen"));
  if (event.key === "ArrowDown") choose(Math.min(at + 1, all.length - 1));
  else if (event.key === "ArrowUp") choose(Math.max(at - 1, 0));
  else if (event.key === "Enter" && all[at]) location.href = all[at].href;
  else if (event.key === "Escape") { input.value = ""; show(); }
  else return;
  event.preventDefault();
  links()[at]?.scrollIntoView({ block: "nearest" });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== input) {
    event.preventDefault();
    input.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) found.hidden = true;
});
// `index.html?q=name` searches at once.
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  input.value = asked;
  show();
}
