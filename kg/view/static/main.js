"use strict";
/* One way round: an action asks for a state by go(), the state is drawn, the address bar keeps it. */

let steps = history.state?.steps ?? 0;

/** Take over `changes` to the state, remember where we were, and draw. */
function go(changes) {
  const before = state;
  state = { ...state, ...changes };
  try {
    history.pushState({ steps: steps + 1 }, "", toAddress(state) || location.pathname + location.search);
    steps += 1;
  } catch { /* inside a notebook's frame there is no address to keep */ }
  draw(before);
}

/** Show a node wherever it is: where filters hide it, its surroundings come into focus. */
function reach(id) {
  if (!picture.view.nodes.has(id)) { focusOn(id, 1); return; }
  go({ node: id, edge: null });
  picture.centre(id);
}

/** Show a node and its surroundings; where the classes chosen would leave it alone, those around it join them. */
function focusOn(id, depth) {
  const around = NODES[id].links.map((edge) => NODES[otherEnd(edge, id)].label);
  const alone = !around.some((label) => state.classes.has(label));
  const classes = alone ? new Set([...state.classes, ...around]) : state.classes;
  go({ focus: id, depth, node: id, edge: null, classes });
}

function draw(before) {
  const shown = view();
  const moved = before.focus !== state.focus || before.depth !== state.depth;
  picture.show(shown, moved);
  chrome(shown);
}

/** Everything beside the picture. */
function chrome(shown) {
  filters.show(shown);
  card.show();
  table.show(shown);
  const focused = state.focus !== null;
  byId("focus-bar").hidden = !focused;
  byId("focus-name").textContent = focused ? `聚焦 ${NODES[state.focus].name}` : "";
  for (const button of document.querySelectorAll("[data-depth]")) button.setAttribute("aria-pressed", String(Number(button.dataset.depth) === state.depth));
  byId("back").disabled = !steps;
  const count = `显示 ${shown.nodes.size} / ${NODES.length} 个实体,${shown.edges.size} 条关系`;
  byId("status").textContent = shown.nodes.size ? count : NODES.length ? "没有符合条件的实体,请放宽筛选" : "图谱中还没有实体";
}

function readAddress() {
  const before = state;
  steps = history.state?.steps ?? 0;
  state = fromAddress(location.hash);
  draw(before);
}

function escape() {
  if (state.node !== null || state.edge !== null) go({ node: null, edge: null });
  else if (state.table) go({ table: false });
  else if (state.focus !== null) go({ focus: null });
}

function listen() {
  const { network } = picture;
  network.on("click", ({ nodes, edges }) => {
    const node = nodes[0] ?? null;
    const edge = node === null ? (edges[0] ?? null) : null;
    if (node !== state.node || edge !== state.edge) go({ node, edge });
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length) focusOn(nodes[0], 1); });
  const tip = byId("tip");
  const hover = (id, text, event) => {
    picture.hover = id;
    tip.hidden = !text;
    tip.textContent = text;
    if (event) { tip.style.left = `${event.offsetX}px`; tip.style.top = `${event.offsetY}px`; }
    place.style.cursor = text ? "pointer" : "";
    network.redraw();
  };
  network.on("hoverNode", ({ node, event }) => hover(node, `${NODES[node].name} · ${className(NODES[node])}`, event));
  network.on("hoverEdge", ({ edge, event }) => {
    const { from, to, predicate } = EDGES[edge];
    hover(null, `${NODES[from].name} — ${GRAPH.relations[predicate].name} → ${NODES[to].name}`, event);
  });
  network.on("blurNode", () => hover(null, ""));
  network.on("blurEdge", () => hover(null, ""));

  byId("back").addEventListener("click", () => history.back());
  byId("reset").addEventListener("click", () => { if (toAddress(state)) go(firstState()); picture.fit(true); });
  byId("leave").addEventListener("click", () => go({ focus: null }));
  for (const button of document.querySelectorAll("[data-depth]")) button.addEventListener("click", () => go({ depth: Number(button.dataset.depth) }));
  byId("zoom-in").addEventListener("click", () => picture.zoom(1.4));
  byId("zoom-out").addEventListener("click", () => picture.zoom(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => picture.fit(true));
  byId("toggle-table").addEventListener("click", () => go({ table: !state.table }));
  byId("image").addEventListener("click", () => save(picture.image(), "png"));
  byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    nameTheme();
    picture.readColours();
    picture.show(picture.view, false);
  });
  byId("drawer").addEventListener("click", () => {
    const open = document.body.classList.toggle("drawn");
    byId("drawer").setAttribute("aria-expanded", String(open));
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === finder.input;
    if (event.key === "/" && !typing) { event.preventDefault(); finder.input.focus(); finder.input.select(); }
    if (event.key === "Escape" && !typing) escape();
    if (event.key.startsWith("Arrow") && !typing) along(event);
  });
  addEventListener("popstate", readAddress);
  addEventListener("hashchange", readAddress);
}

/** Arrow keys walk the links of a list. */
function along(event) {
  const list = event.target.closest?.("#card, #table");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!list || !step || event.target.tagName !== "BUTTON") return;
  const links = [...list.querySelectorAll("button.link, .ranking button")];
  const next = links[links.indexOf(event.target) + step];
  if (next && links.includes(event.target)) { event.preventDefault(); next.focus(); }
}

function nameTheme() {
  byId("theme").textContent = document.documentElement.dataset.theme === "dark" ? "浅色" : "深色";
}

state = fromAddress(location.hash);
filters.build();
finder.build();
nameTheme();
const opening = view();
chrome(opening);
picture.open(opening);
picture.show(opening, false);
listen();
