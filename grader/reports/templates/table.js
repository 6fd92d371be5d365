"use strict";
(() => {
  const table = document.getElementById("class");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const status = document.getElementById("found");
  const heads = [...table.tHead.rows[0].cells];
  const compare = new Intl.Collator(undefined, {numeric: true}).compare;

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
      const value = (row) => row.cells[column].dataset.v;
      body.append(...rows.sort((one, other) => turn * compareValues(value(one), value(other))));
    });
  });

  function compareValues(one, other) {
    const difference = Number(one) - Number(other);
    return Number.isNaN(difference) ? compare(one, other) : difference;
  }

  const find = document.getElementById("find");
  find.parentElement.hidden = false;
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      count += row.hidden ? 0 : 1;
    }
    status.textContent = words.length ? `${count} of ${rows.length}` : "";
  });
})();
