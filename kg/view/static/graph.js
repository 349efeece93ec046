"use strict";
/* The graph, what of it is asked for (the state) and what that shows. No drawing here. */

const GRAPH = JSON.parse(document.getElementById("details").textContent);
const NETWORK = JSON.parse(document.getElementById("network").textContent);
const NODES = GRAPH.nodes;
const EDGES = GRAPH.edges;
const YEARS = [...new Set(NODES.flatMap((node) => node.facts.map((fact) => fact.year)))].filter(Boolean).sort();
const PHASE_NAMES = new Map(GRAPH.phases);
const INITIATIVES = new Set(GRAPH.families["举措"]);
const BY_IRI = new Map(NODES.map((node, id) => [node.iri, id]));

NODES.forEach((node, id) => Object.assign(node, { id, links: [] }));
EDGES.forEach((edge, id) => {
  const containment = Boolean(GRAPH.relations[edge.predicate].containment);
  Object.assign(edge, { id, containment, official: containment && !edge.evidence.length });
  NODES[edge.from].links.push(edge);
  NODES[edge.to].links.push(edge);
});

const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
const shownAtFirst = () => new Set(Object.keys(GRAPH.classes).filter((label) => GRAPH.classes[label].shown));

/** What the reader asked for; the address bar carries it. Nodes and edges are meant by number. */
const firstState = () => ({
  classes: shownAtFirst(), years: new Set(), phases: new Set(), aside: false,
  focus: null, depth: 1, node: null, edge: null, table: false,
});
let state = firstState();

function toAddress(from) {
  const parts = new URLSearchParams();
  const same = [...from.classes].sort().join() === [...shownAtFirst()].sort().join();
  if (!same) parts.set("class", [...from.classes].join());
  if (from.years.size) parts.set("year", [...from.years].join());
  if (from.phases.size) parts.set("phase", [...from.phases].join());
  if (from.aside) parts.set("aside", "1");
  const short = (id) => NODES[id].iri.replace(GRAPH.base, "");
  if (from.focus !== null) { parts.set("focus", short(from.focus)); parts.set("depth", from.depth); }
  if (from.node !== null) parts.set("node", short(from.node));
  if (from.edge !== null) {
    const edge = EDGES[from.edge];
    parts.set("edge", [short(edge.from), edge.predicate, short(edge.to)].join(" "));
  }
  if (from.table) parts.set("table", "1");
  return parts.toString() ? "#" + parts : "";
}

/** Read an address; whatever it names that is not in this graph is left out. */
function fromAddress(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const list = (key, known) => new Set((parts.get(key) || "").split(",").filter((value) => known.has(value)));
  const id = (short) => BY_IRI.get(GRAPH.base + short) ?? BY_IRI.get(short) ?? null;
  const read = firstState();
  if (parts.has("class")) read.classes = list("class", new Set(Object.keys(GRAPH.classes)));
  read.years = new Set([...list("year", new Set(YEARS.map(String)))].map(Number));
  read.phases = list("phase", PHASE_NAMES);
  read.aside = parts.has("aside");
  read.focus = id(parts.get("focus"));
  read.depth = parts.get("depth") === "2" ? 2 : 1;
  read.node = id(parts.get("node"));
  const [from, predicate, to] = (parts.get("edge") || "").split(" ");
  const edge = EDGES.find((one) => one.from === id(from) && one.predicate === predicate && one.to === id(to));
  read.edge = edge ? edge.id : null;
  read.table = parts.has("table");
  return read;
}

/** A fact answers the filters for year and phase if it answers both. */
function answers(node, years, phases) {
  return node.facts.some((fact) => (!years.size || years.has(fact.year)) && (!phases.size || phases.has(fact.phase)));
}

/** Nodes of the chosen classes; with a year or phase, those it holds for and what they are linked to. */
function chosen() {
  const allowed = new Set(NODES.filter((node) => state.classes.has(node.label)).map((node) => node.id));
  if (!state.years.size && !state.phases.size) return allowed;
  const kept = new Set();
  for (const node of NODES) {
    if (!allowed.has(node.id) || !answers(node, state.years, state.phases)) continue;
    kept.add(node.id);
    for (const edge of node.links) {
      const other = otherEnd(edge, node.id);
      if (allowed.has(other) && !INITIATIVES.has(NODES[other].label)) kept.add(other);
    }
  }
  return kept;
}

/** Those of `within` that a statement links, with the places they lie in. */
function linked(within) {
  const kept = new Set();
  for (const edge of EDGES) {
    if (!edge.official && within.has(edge.from) && within.has(edge.to)) kept.add(edge.from).add(edge.to);
  }
  const allowed = new Set(NODES.filter((node) => state.classes.has(node.label)).map((node) => node.id));
  for (const id of kept) { // a Set's loop also visits what is added on the way
    for (const edge of NODES[id].links) if (edge.containment && edge.from === id && allowed.has(edge.to)) kept.add(edge.to);
  }
  return kept;
}

/**
 * Steps from `start` to every node of `within` up to `depth`: Map of id → {step, parent}.
 * A place's surroundings are shown but not walked through: everything lies in the same town.
 */
function neighbourhood(start, depth, within) {
  const found = new Map([[start, { step: 0, parent: null }]]);
  let front = [start];
  for (let step = 1; step <= depth; step++) {
    const next = [];
    for (const id of front) {
      for (const edge of NODES[id].links) {
        const other = otherEnd(edge, id);
        if (found.has(other) || !within.has(other)) continue;
        found.set(other, { step, parent: id });
        if (!(edge.containment && edge.from === id)) next.push(other);
      }
    }
    front = next;
  }
  return found;
}

/** What the state shows: {nodes: Set, edges: Set of ids, aside: count set aside, rings: Map or null}. */
function view() {
  const within = chosen();
  if (state.focus !== null) {
    const rings = neighbourhood(state.focus, state.depth, within);
    const nodes = new Set(rings.keys());
    const edges = EDGES.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
    return { nodes, edges: new Set(edges.map((edge) => edge.id)), aside: 0, rings };
  }
  const joined = linked(within);
  const core = joined.size ? joined : within; // a graph without statements still shows what it names
  const nodes = state.aside ? new Set([...core, ...within]) : core;
  const edges = EDGES.filter((edge) => core.has(edge.from) && core.has(edge.to));
  const aside = [...within].filter((id) => !core.has(id)).length;
  return { nodes, edges: new Set(edges.map((edge) => edge.id)), aside, rings: null };
}

/** Initiatives at a place or at a place inside it, for every place: Map of id → Set. */
function touched() {
  const found = new Map();
  for (const edge of EDGES) {
    if (edge.predicate !== "location" || !INITIATIVES.has(NODES[edge.from].label)) continue;
    const waiting = [edge.to];
    for (const place of waiting) {
      if (!found.has(place)) found.set(place, new Set());
      found.get(place).add(edge.from);
      for (const up of NODES[place].links) {
        if (up.containment && up.from === place && !waiting.includes(up.to)) waiting.push(up.to);
      }
    }
  }
  return found;
}

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s"'“”‘’《》〈〉「」()·、—-]/g, "");
const SEARCHED = NODES.map((node) => [node.name, ...node.aliases].map(plain));

/** The nodes whose name or alias holds `text`, best first: {id, alias: the other name that matched or null}. */
function search(text, limit) {
  const wanted = plain(text);
  if (!wanted) return [];
  const hits = [];
  SEARCHED.forEach((names, id) => {
    let best = null;
    names.forEach((name, at) => {
      const where = name.indexOf(wanted);
      if (where < 0) return;
      const score = (name === wanted ? 0 : where === 0 ? 1 : 2) + (at ? 0.5 : 0);
      if (!best || score < best.score) best = { id, score, alias: at ? NODES[id].aliases[at - 1] : null };
    });
    if (best) hits.push(best);
  });
  hits.sort((a, b) => a.score - b.score || NODES[b.id].links.length - NODES[a.id].links.length || a.id - b.id);
  return hits.slice(0, limit);
}
