"use strict";
// The page is whole without this: all rows are there, closed as <details>. Here rows open as one, columns
// sort and the table can be searched. Nothing is made from text but by textContent.
(() => {
  function searchedIn(body) {
    const files = Array.from(body.querySelectorAll(".place"), (place) => place.textContent);
    return [body.querySelector(".row").textContent, ...files].join("\n");
  }

  const table = document.querySelector("table");
  const entries = Array.from(table.tBodies, (body) => ({
    body,
    row: body.querySelector(".row"),
    more: body.querySelector(".more"),
    text: searchedIn(body).toLowerCase(),
  }));
  const shown = document.getElementById("shown");
  const search = document.getElementById("search");

  function open(entry, wanted) {
    entry.more.hidden = !wanted;
    entry.button.setAttribute("aria-expanded", String(wanted));
  }

  function toggle(entry) {
    open(entry, entry.more.hidden);
  }

  // Who marks text with the mouse does not want the row to open.
  function isMarking() {
    const selection = window.getSelection();
    return selection !== null && !selection.isCollapsed;
  }

  function makeOpener(entry) {
    const place = entry.row.querySelector(".open");
    entry.button = document.createElement("button");
    entry.button.type = "button";
    entry.button.setAttribute("aria-controls", place.dataset.opens);
    entry.button.append(...place.childNodes);
    place.append(entry.button);
    entry.more.querySelector("details").open = true;
    entry.row.addEventListener("click", (event) => {
      if (entry.button.contains(event.target) || !isMarking()) toggle(entry);
    });
    open(entry, false);
  }

  function keyOf(entry, column, kind) {
    const cell = entry.row.cells[column];
    return kind === "number" ? Number(cell.dataset.key) : cell.textContent.trim();
  }

  function isHex(key) {
    return /^0x[0-9A-F]+$/i.test(key);
  }

  function compare(a, b) {
    if (typeof a.key === "number") return a.key - b.key;
    if (isHex(a.key) && isHex(b.key)) return Number(a.key) - Number(b.key);
    return a.key.localeCompare(b.key, "en", { numeric: true });
  }

  function sortBy(head, direction) {
    const sign = direction === "ascending" ? 1 : -1;
    const keyed = entries.map((entry, place) => ({
      entry,
      place,
      key: keyOf(entry, head.cellIndex, head.dataset.sort),
    }));
    keyed.sort((a, b) => sign * compare(a, b) || a.place - b.place);
    table.append(...keyed.map((item) => item.entry.body));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
  }

  // Numbers begin with the largest, text with the first; once more turns it around.
  function nextDirection(head) {
    const now = head.getAttribute("aria-sort");
    if (now) return now === "ascending" ? "descending" : "ascending";
    return head.dataset.sort === "number" ? "descending" : "ascending";
  }

  function makeSorter(head) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(head, nextDirection(head)));
  }

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of entries) {
      const found = words.every((word) => entry.text.includes(word));
      entry.body.hidden = !found;
      count += found ? 1 : 0;
    }
    shown.textContent = words.length ? `${count} of ${entries.length} codes` : "";
  }

  document.documentElement.classList.add("script");
  entries.forEach(makeOpener);
  for (const head of table.tHead.rows[0].querySelectorAll("[data-sort]")) makeSorter(head);
  table.tHead.rows[0].cells[2].setAttribute("aria-sort", "descending");
  search.form.hidden = false;
  search.form.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", find);
})();
