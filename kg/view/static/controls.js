"use strict";
/* Legend and filters, search, table. Each reads the state and asks for another by go(). */

const byId = (id) => document.getElementById(id);

function toggled(set, value, on) {
  const next = new Set(set);
  if (on) next.add(value);
  else next.delete(value);
  return next;
}

const filters = {
  build() {
    const sums = new Map();
    for (const node of NODES) sums.set(node.label, (sums.get(node.label) || 0) + 1);
    for (const [family, labels] of Object.entries(GRAPH.families)) {
      const there = labels.filter((label) => sums.has(label));
      if (there.length) byId("legend").append(make("h3", {}, family), ...there.map((label) => this.row("classes", label, GRAPH.classes[label].name, sums.get(label), icon(label))));
    }
    for (const year of YEARS) {
      const toggle = () => go({ years: toggled(state.years, year, !state.years.has(year)) });
      byId("years").append(make("button", { type: "button", "data-year": String(year), "aria-pressed": "false", click: toggle }, String(year)));
    }
    for (const [phase, name] of GRAPH.phases) {
      const sum = NODES.filter((node) => answers(node, new Set(), new Set([phase]))).length;
      byId("phases").append(this.row("phases", phase, name, sum, null));
    }
    for (const [list, title] of [[YEARS, "years-title"], [GRAPH.phases, "phases-title"]]) byId(title).parentElement.hidden = !list.length;
    byId("aside").addEventListener("change", (event) => go({ aside: event.target.checked }));
    byId("clear").addEventListener("click", () => go({ classes: shownAtFirst(), years: new Set(), phases: new Set(), aside: false }));
  },

  row(key, value, name, sum, image) {
    const input = make("input", { type: "checkbox", "data-key": key, value, change: () => go({ [key]: toggled(state[key], value, input.checked) }) });
    return make("label", { class: "row" }, input, image, make("span", { class: "name" }, name), make("span", { class: "count" }, String(sum)));
  },

  show(shown) {
    for (const input of document.querySelectorAll("#filters input[data-key]")) input.checked = state[input.dataset.key].has(input.value);
    for (const chip of byId("years").children) chip.setAttribute("aria-pressed", String(state.years.has(Number(chip.dataset.year))));
    byId("aside").checked = state.aside;
    byId("aside").disabled = state.focus !== null;
    byId("aside-count").textContent = state.focus === null ? String(shown.aside) : "";
    const first = shownAtFirst();
    const asAtFirst = first.size === state.classes.size && [...first].every((label) => state.classes.has(label));
    byId("clear").disabled = asAtFirst && !state.years.size && !state.phases.size && !state.aside;
  },
};

const finder = {
  input: byId("search"), list: byId("suggestions"), hits: [], at: -1,

  build() {
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.suggest(); });
    this.input.addEventListener("compositionend", () => this.suggest());
    this.input.addEventListener("focus", () => this.suggest());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
  },

  suggest() {
    this.hits = search(this.input.value, 12);
    this.at = this.hits.length ? 0 : -1;
    const option = ({ id, alias }, at) => make("li", {
      role: "option", id: `suggestion-${at}`, "aria-selected": "false",
      mousedown: (event) => { event.preventDefault(); this.take(at); },
    }, icon(NODES[id].label), make("span", {}, NODES[id].name), make("span", { class: "note" }, alias ? `又名 ${alias}` : className(NODES[id])));
    const nothing = make("li", { class: "nothing", role: "option", "aria-disabled": "true" }, "没有这个名称");
    this.list.replaceChildren(...(this.hits.length ? this.hits.map(option) : [nothing]));
    this.open(plain(this.input.value) !== "");
    this.mark();
  },

  open(on) {
    this.list.hidden = !on;
    this.input.setAttribute("aria-expanded", String(on));
  },

  close() {
    this.open(false);
    this.input.removeAttribute("aria-activedescendant");
  },

  mark() {
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
    if (this.at < 0) { this.input.removeAttribute("aria-activedescendant"); return; }
    this.input.setAttribute("aria-activedescendant", `suggestion-${this.at}`);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  },

  key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.mark();
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      this.take(this.at);
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.input.blur();
      else this.close();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  },

  take(at) {
    const { id } = this.hits[at];
    this.input.value = NODES[id].name;
    this.close();
    this.input.blur();
    reach(id);
  },
};

const COLUMNS = [
  ["名称", (node) => node.name], ["类别", (node) => className(node)], ["最近进展", (node) => latest(node)],
  ["年份", (node) => [...new Set(node.facts.map((fact) => fact.year).filter(Boolean))].sort().join("、")],
  ["关联", (node) => node.links.length], ["原文", (node) => node.mentions.length], ["又名", (node) => node.aliases.join("、")],
];

const table = {
  element: byId("table"), sorted: { column: 4, down: true }, shown: new Set(),

  show(shown) {
    this.element.hidden = !state.table;
    byId("toggle-table").setAttribute("aria-pressed", String(state.table));
    this.shown = shown.nodes;
    if (state.table) this.draw();
  },

  rows() {
    const { column, down } = this.sorted;
    const value = COLUMNS[column][1];
    const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "zh-CN"));
    return [...this.shown].map((id) => NODES[id]).sort((a, b) => (down ? -1 : 1) * compare(value(a), value(b)) || a.id - b.id);
  },

  draw() {
    const sort = (column) => () => {
      this.sorted = { column, down: this.sorted.column === column ? !this.sorted.down : typeof COLUMNS[column][1](NODES[0]) === "number" };
      this.draw();
    };
    const order = (column) => (this.sorted.column !== column ? "none" : this.sorted.down ? "descending" : "ascending");
    const head = COLUMNS.map(([name], column) => make("th", { scope: "col", "aria-sort": order(column) }, make("button", { type: "button", click: sort(column) }, name)));
    const cells = (node) => COLUMNS.map(([, value], column) => make("td", {}, column ? String(value(node)) : nodeLink(node.id)));
    this.element.replaceChildren(
      make("div", { class: "bar" }, make("span", {}, `当前显示的 ${this.shown.size} 个实体`), make("button", { type: "button", id: "csv", click: () => this.download() }, "下载 CSV")),
      make("table", {}, make("thead", {}, make("tr", {}, head)), make("tbody", {}, this.rows().map((node) => make("tr", { class: node.id === state.node ? "chosen" : null }, cells(node))))),
    );
  },

  /** A leading = + - @ would be a formula to a spreadsheet: such text gets an apostrophe. */
  csv() {
    const cell = (value) => `"${String(value).replace(/^(?=[=+\-@\t\r])/, "'").replace(/"/g, '""')}"`;
    const lines = this.rows().map((node) => [...COLUMNS.map(([, value]) => value(node)), node.iri].map(cell).join());
    return "\ufeff" + [[...COLUMNS.map(([name]) => name), "IRI"].map(cell).join(), ...lines].join("\r\n") + "\r\n";
  },

  download() {
    save(new Blob([this.csv()], { type: "text/csv" }), "csv");
  },
};

function save(blob, ending) {
  const link = make("a", { href: URL.createObjectURL(blob), download: `${document.title}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
