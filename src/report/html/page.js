"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const counted = (n, noun) => n.toLocaleString("en") + " " + noun + (n === 1 ? "" : "s");

  // What has been ticked is kept in this browser; where it cannot be kept, the ticks last as long as the page.
  const kept = {
    has(key) { try { return localStorage.getItem("recount " + key) !== null; } catch { return false; } },
    set(key, on) {
      try { on ? localStorage.setItem("recount " + key, "1") : localStorage.removeItem("recount " + key); } catch { /* not allowed */ }
    },
  };

  const filters = one("#filters");
  if (filters) {
    filters.hidden = false;
    const findings = all(".finding");
    const apply = () => {
      const chosen = (name) => new Set(all(`[name=${name}]:checked`, filters).map((box) => box.value));
      const severities = chosen("severity"), rules = chosen("rule");
      const file = filters.elements.document ? filters.elements.document.value : "";
      let left = 0;
      for (const finding of findings) {
        const { severity, rule, files } = finding.dataset;
        const shown = severities.has(severity) && rules.has(rule) && (file === "" || files.includes(` ${file} `));
        finding.parentElement.hidden = !shown;
        left += shown ? 1 : 0;
      }
      one("#shown").textContent = `${left.toLocaleString("en")} of ${counted(findings.length, "finding")} shown`;
      one("#none").hidden = left > 0;
    };
    filters.addEventListener("change", apply);
    filters.addEventListener("reset", () => setTimeout(apply));
    filters.addEventListener("submit", (event) => event.preventDefault());
    for (const finding of findings) {
      const label = finding.querySelector(".settled"), box = label.querySelector("input"), key = finding.dataset.key;
      label.hidden = false;
      box.checked = kept.has(key);
      finding.classList.toggle("done", box.checked);
      box.addEventListener("change", () => {
        finding.classList.toggle("done", box.checked);
        kept.set(key, box.checked);
      });
    }
    // A link to a finding that is filtered away shows it again.
    const follow = () => {
      const target = location.hash && document.getElementById(location.hash.slice(1));
      if (target && target.closest(".findings > li[hidden]")) {
        filters.reset();
        setTimeout(() => target.scrollIntoView());
      }
    };
    addEventListener("hashchange", follow);
  }

  const claims = one("#claims");
  if (claims) {
    const body = claims.tBodies[0], heads = Array.from(claims.tHead.rows[0].cells);
    const rows = Array.from(body.rows), sift = one("#sift");
    rows.forEach((row) => {
      const cell = row.cells[6], box = document.createElement("input"), label = document.createElement("label");
      box.type = "checkbox";
      box.checked = kept.has(row.dataset.key);
      box.setAttribute("aria-label", "checked: " + row.cells[0].textContent + ", " + row.cells[1].textContent);
      box.addEventListener("change", () => kept.set(row.dataset.key, box.checked));
      label.append(box);
      cell.replaceChildren(label);
    });
    const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
    const key = (row, column) => column === 6 ? (row.cells[6].querySelector("input").checked ? "1" : "0") : row.cells[column].textContent;
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const place = (row) => Number(row.dataset.n);
        const keys = new Map(rows.map((row) => [row, key(row, column)]));
        rows.sort((a, b) => (column === 4 ? 0 : compare(keys.get(a), keys.get(b))) * (down ? -1 : 1)
          || (place(a) - place(b)) * (column === 4 && down ? -1 : 1));
        body.append(...rows);
      });
    });
    sift.hidden = false;
    const words = rows.map((row) => row.textContent.toLowerCase());
    const position = new Map(rows.map((row, n) => [row, n]));
    const apply = () => {
      const wanted = sift.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean), kind = sift.elements.kind.value;
      let left = 0;
      for (const row of rows) {
        const text = words[position.get(row)];
        const shown = (kind === "" || row.dataset.kind === kind) && wanted.every((word) => text.includes(word));
        row.hidden = !shown;
        left += shown ? 1 : 0;
      }
      one("#listed").textContent = counted(left, "claim") + " listed";
    };
    let waiting;
    sift.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
    sift.addEventListener("submit", (event) => event.preventDefault());
  }
})();
