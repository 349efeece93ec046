"use strict";
/* The evidence card, and the overview in its place while nothing is chosen. Text enters only as text. */

/** Make an element; `attributes` that are functions listen, children that are strings are text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== ""));
  return element;
}

const OUTLINES = {
  dot: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2z", diamond: "M8 1l7 7-7 7-7-7z", square: "M2.5 2.5h11v11h-11z",
  triangle: "M8 1.5l7 12.5H1z", triangleDown: "M8 14.5L1 2h14z", hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
  star: "M8 .8l2.1 4.7 5.1.5-3.8 3.5 1.1 5L8 11.9l-4.5 2.6 1.1-5L.8 6l5.1-.5z",
};

function icon(label) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", OUTLINES[GRAPH.classes[label].shape]);
  path.style.fill = `var(--${label})`;
  svg.append(path);
  return svg;
}

const section = (title, ...children) => make("section", {}, make("h3", {}, title), ...children);
const className = (node) => GRAPH.classes[node.label].name;

function nodeLink(id, note = "") {
  const open = () => reach(id);
  return make("button", { type: "button", class: "link", click: open }, icon(NODES[id].label), make("span", {}, NODES[id].name), note && make("span", { class: "note" }, note));
}

/** A quote in its sentence, the quote itself marked, with document and offsets. */
function quoteBlock([document_, start, end, at, text, sentence]) {
  const whole = GRAPH.sentences[sentence] || text;
  const passage = at < 0 ? [whole] : [whole.slice(0, at), make("mark", {}, text), whole.slice(at + text.length)];
  const source = make("footer", {}, make("cite", { title: GRAPH.documents[document_] }, GRAPH.documents[document_]), make("span", {}, `第 ${start}–${end} 字`));
  return make("blockquote", {}, make("p", {}, ...passage), source);
}

/** The first `limit` items, the others behind a button. */
function some(items, limit, build) {
  const list = make("div", { class: "some" }, items.slice(0, limit).map(build));
  if (items.length > limit) {
    const more = make("button", { type: "button", class: "quiet", click: () => more.replaceWith(...items.slice(limit).map(build)) }, `显示其余 ${items.length - limit} 条`);
    list.append(more);
  }
  return list;
}

function evidence(quotes) {
  if (!quotes.length) return "";
  return make("details", {}, make("summary", {}, "依据"), some(quotes, 3, quoteBlock));
}

function statuses(facts) {
  return make("ol", { class: "timeline" }, facts.map((fact) => make("li", {},
    make("span", { class: "year" }, fact.year ? String(fact.year) : "未注明年份"),
    make("div", {}, make("strong", {}, fact.text), fact.modality && make("span", { class: "note" }, fact.modality), evidence(fact.evidence)))));
}

function relations(node) {
  const groups = new Map();
  for (const key of Object.keys(GRAPH.relations)) for (const out of [true, false]) {
    const edges = node.links.filter((edge) => edge.predicate === key && (edge.from === node.id) === out);
    if (edges.length) groups.set(out ? GRAPH.relations[key].name : GRAPH.relations[key].inverse, edges);
  }
  return [...groups].map(([title, edges]) => {
    const sorted = [...edges].sort((a, b) => NODES[otherEnd(b, node.id)].links.length - NODES[otherEnd(a, node.id)].links.length || a.id - b.id);
    const row = (edge) => make("div", { class: "relation" }, nodeLink(otherEnd(edge, node.id), latest(NODES[otherEnd(edge, node.id)])), evidence(edge.evidence));
    return section(`${title} ${edges.length}`, some(sorted, 12, row));
  });
}

/** The last phase reported of a node, such as 「2022 竣工」. */
function latest(node) {
  const fact = node.facts.filter((one) => one.kind === "status").at(-1);
  return fact ? `${fact.year ?? ""} ${fact.text}`.trim() : "";
}

function nodeCard(node) {
  const of = (kind) => node.facts.filter((fact) => fact.kind === kind);
  const rows = [...of("observation"), ...of("set")];
  const focused = state.focus === node.id;
  return [
    make("p", { class: "kind" }, icon(node.label), className(node), of("code").map((fact) => make("span", { class: "note" }, `区划代码 ${fact.text}`))),
    make("h2", {}, node.name),
    node.aliases.length ? make("p", { class: "aliases" }, `又名 ${node.aliases.join("、")}`) : "",
    make("p", { class: "actions" },
      make("button", { type: "button", disabled: focused, click: () => focusOn(node.id, 1) }, "聚焦周边"),
      make("button", { type: "button", class: "quiet", click: () => go({ node: null }) }, "关闭")),
    of("status").length ? section("进展", statuses(of("status"))) : "",
    rows.length ? section("数据与列举", some(rows, 10, (fact) => make("p", { class: "fact" }, fact.year ? `${fact.year}年 ` : "", fact.text, evidence(fact.evidence)))) : "",
    relations(node),
    node.mentions.length ? section(`原文 ${node.mentions.length}`, some(node.mentions, 4, quoteBlock)) : "",
  ].flat();
}

function edgeCard(edge) {
  const sure = edge.confidence === null ? "" : `可信度 ${Math.round(edge.confidence * 100)}%`;
  return [
    make("p", { class: "kind" }, "关系", sure && make("span", { class: "note" }, sure)),
    make("div", { class: "statement" }, nodeLink(edge.from), make("p", { class: "predicate" }, GRAPH.relations[edge.predicate].name), nodeLink(edge.to)),
    make("p", { class: "actions" }, make("button", { type: "button", class: "quiet", click: () => go({ edge: null }) }, "关闭")),
    edge.evidence.length ? section(`原文 ${edge.evidence.length}`, some(edge.evidence, 6, quoteBlock)) : make("p", { class: "aliases" }, "依官方区划或上下文得出,无单独引文。"),
  ];
}

/** Phases by year as a table; a cell filters by both. */
function progress() {
  if (!YEARS.length || !GRAPH.phases.length) return "";
  const count = (year, phase) => NODES.filter((node) => answers(node, new Set([year]), new Set([phase]))).length;
  const years = YEARS.slice(-4);
  const rows = GRAPH.phases.map(([phase, name]) => [phase, name, years.map((year) => count(year, phase))]).filter(([, , counts]) => counts.some(Boolean));
  const most = Math.max(1, ...rows.flatMap(([, , counts]) => counts));
  const cell = (phase, name, year, number) => {
    if (!number) return make("td", {}, make("span", { class: "none" }, "–"));
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(number / most) * 100}%`;
    const open = () => go({ years: new Set([year]), phases: new Set([phase]), focus: null, node: null });
    return make("td", {}, make("button", { type: "button", class: "cell", "aria-label": `${year}年${name}${number}项`, click: open }, bar, make("span", {}, String(number))));
  };
  return section("各年进展", make("table", { class: "progress" },
    make("thead", {}, make("tr", {}, make("th", {}), years.map((year) => make("th", { scope: "col" }, String(year))))),
    make("tbody", {}, rows.map(([phase, name, counts]) => make("tr", {}, make("th", { scope: "row" }, name), counts.map((number, at) => cell(phase, name, years[at], number)))))));
}

/** The places most initiatives touch: communities where the graph has any. */
function busiest() {
  const found = [...touched()].filter(([id]) => NODES[id].label !== "AdminArea");
  const communities = found.filter(([id]) => NODES[id].label === "Community");
  const ranked = (communities.length ? communities : found).sort((a, b) => b[1].size - a[1].size || a[0] - b[0]).slice(0, 10);
  if (!ranked.length) return "";
  const row = ([id, initiatives]) => {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(initiatives.size / ranked[0][1].size) * 100}%`;
    const open = () => focusOn(id, 2);
    return make("li", {}, make("button", { type: "button", click: open }, make("span", { class: "name" }, NODES[id].name), make("span", { class: "track" }, bar), make("span", { class: "count" }, String(initiatives.size))));
  };
  return section(communities.length ? "举措最多的社区" : "举措最多的地点", make("ol", { class: "ranking" }, ranked.map(row)));
}

function overview() {
  const sum = (labels) => NODES.filter((node) => labels.includes(node.label)).length;
  const figure = (number, name) => make("div", {}, make("dd", {}, number.toLocaleString("zh-CN")), make("dt", {}, name));
  return [
    make("p", { class: "kind" }, "总览"),
    make("dl", { class: "figures" }, figure(sum(GRAPH.families["举措"]), "举措"), figure(sum(GRAPH.families["地点"]), "地点"), figure(EDGES.length, "关系"), figure(GRAPH.documents.length, "文献")),
    progress(),
    busiest(),
    make("p", { class: "hint" }, "单击看依据,双击聚焦周边;按 / 搜索,Esc 退回。"),
  ];
}

const card = {
  element: document.getElementById("card"),
  front: null,
  show() {
    const key = [state.node, state.edge, state.focus].join();
    if (this.front === key) return;
    this.front = key;
    const content = state.node !== null ? nodeCard(NODES[state.node]) : state.edge !== null ? edgeCard(EDGES[state.edge]) : (this.overview ??= overview());
    this.element.replaceChildren(...content.filter(Boolean));
    this.element.scrollTop = 0;
  },
};
