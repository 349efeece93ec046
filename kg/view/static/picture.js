"use strict";
/* The drawing: vis-network for nodes and edges, labels of our own so that none covers another. */

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
const place = document.getElementById("picture");
const LINES = NETWORK.nodes.map((node) => node.label.split("\n"));
const HOME = NETWORK.nodes.map(({ x, y }) => ({ x, y }));
const FONT = getComputedStyle(document.body).fontFamily;
const STEP = 4; // pixels of a cell of the grid that keeps labels apart

const picture = {
  network: null, nodes: null, edges: null, drawn: { nodes: [], edges: [] },
  view: null, spots: HOME, hover: null, near: null, colours: {}, frame: 0,

  /** Draw for the first time. */
  open(shown) {
    this.readColours();
    this.view = shown;
    this.spots = shown.rings ? rings(shown.rings) : HOME;
    this.drawn.nodes = NODES.map((node) => this.nodeLook(node.id));
    this.drawn.edges = EDGES.map((edge) => this.edgeLook(edge.id));
    this.nodes = new vis.DataSet(NETWORK.nodes.map((node, id) => ({ ...node, label: undefined, group: undefined, ...expand(this.drawn.nodes[id]) })));
    this.edges = new vis.DataSet(NETWORK.edges.map((edge, id) => ({ ...edge, ...expandEdge(this.drawn.edges[id]) })));
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, JSON.parse(NETWORK.options));
    this.network.on("afterDrawing", (context) => this.drawLabels(context));
    this.fit(false);
  },

  readColours() {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(name).trim();
    for (const label of Object.keys(GRAPH.classes)) this.colours[label] = value(`--${label}`);
    for (const name of ["paper", "ink", "muted", "line", "faint", "accent"]) this.colours[name] = value(`--${name}`);
  },

  /** Redraw what changed; with `fit`, show all of it. */
  show(shown, fit) {
    this.view = shown;
    this.spots = shown.rings ? rings(shown.rings) : HOME;
    this.near = null;
    if (state.node !== null && state.node !== state.focus) {
      this.near = new Set([state.node]);
      for (const edge of NODES[state.node].links) if (shown.edges.has(edge.id)) this.near.add(edge.from).add(edge.to);
    } else if (state.edge !== null) {
      this.near = new Set([EDGES[state.edge].from, EDGES[state.edge].to]);
    }
    const changed = (all, look, drawn, grow) => {
      const changes = [];
      all.forEach((_, id) => {
        const now = look.call(this, id);
        if (now.key === drawn[id].key) return;
        drawn[id] = now;
        changes.push({ id, ...grow(now) });
      });
      return changes;
    };
    this.edges.update(changed(EDGES, this.edgeLook, this.drawn.edges, expandEdge));
    this.nodes.update(changed(NODES, this.nodeLook, this.drawn.nodes, expand));
    if (fit) this.fit(true);
    else this.network.redraw();
  },

  nodeLook(id) {
    const dim = Boolean(this.near) && !this.near.has(id);
    const strong = id === state.node || id === state.focus;
    const { x, y } = this.spots[id] || HOME[id];
    const colour = this.colours[NODES[id].label];
    const border = strong ? this.colours.ink : this.colours.paper;
    const hidden = !this.view.nodes.has(id);
    return { key: [x, y, hidden, dim, colour, border].join(), x, y, hidden, dim, colour, border, strong };
  },

  edgeLook(id) {
    const edge = EDGES[id];
    const strong = id === state.edge || (state.node !== null && (edge.from === state.node || edge.to === state.node));
    const dim = Boolean(this.near) && !strong;
    const hidden = !this.view.edges.has(id);
    const colour = strong ? this.colours.accent : edge.official ? this.colours.faint : this.colours.line;
    return { key: [hidden, dim, colour].join(), hidden, dim, colour, strong };
  },

  /** Bring `ids`, or all that is shown, into the middle of the stage. */
  fit(animate, ids = [...this.view.nodes]) {
    if (!ids.length) return;
    const spots = ids.map((id) => this.spots[id] || HOME[id]);
    const low = (key) => Math.min(...spots.map((spot) => spot[key]));
    const high = (key) => Math.max(...spots.map((spot) => spot[key]));
    const [left, right, top, bottom] = [low("x"), high("x"), low("y"), high("y")];
    const { clientWidth: width, clientHeight: height } = place;
    const scale = Math.min((width - 130) / (right - left + 1), (height - 130) / (bottom - top + 1), 1.5);
    this.moveTo({ x: (left + right) / 2, y: (top + bottom) / 2 }, Math.max(scale, 0.04), animate);
  },

  moveTo(position, scale, animate) {
    cancelAnimationFrame(this.frame);
    if (!animate || reducedMotion) { this.network.moveTo({ position, scale }); return; }
    const from = this.network.getViewPosition(), first = this.network.getScale(), began = performance.now();
    const glide = (now) => { // vis-network's own animation sticks when a second one begins
      const part = Math.min(Math.max((now - began) / 260, 0), 1);
      const eased = part * part * (3 - 2 * part);
      const along = (a, b) => a + (b - a) * eased;
      this.network.moveTo({ position: { x: along(from.x, position.x), y: along(from.y, position.y) }, scale: along(first, scale) });
      if (part < 1) this.frame = requestAnimationFrame(glide);
    };
    this.frame = requestAnimationFrame(glide);
  },

  /** Bring one node into the middle, near enough to read. */
  centre(id) {
    this.moveTo(this.spots[id] || HOME[id], Math.max(this.network.getScale(), 0.9), true);
  },

  zoom(factor) {
    this.moveTo(this.network.getViewPosition(), Math.min(Math.max(this.network.getScale() * factor, 0.03), 6), true);
  },

  /** Write names by rank where there is room, on a grid of taken cells, at one size whatever the scale. */
  drawLabels(context) {
    const { clientWidth: width, clientHeight: height } = place;
    const ratio = context.canvas.width / width;
    const scale = this.network.getScale();
    const middle = this.network.getViewPosition();
    const columns = Math.ceil(width / STEP) + 1;
    const taken = new Uint8Array(columns * (Math.ceil(height / STEP) + 1));
    const cells = (box, visit) => {
      const right = Math.min(box.x + box.w, width), bottom = Math.min(box.y + box.h, height);
      for (let y = Math.max(Math.floor(box.y / STEP), 0); y * STEP < bottom; y++) {
        for (let x = Math.max(Math.floor(box.x / STEP), 0); x * STEP < right; x++) if (visit(y * columns + x)) return true;
      }
      return false;
    };
    const spots = [];
    const body = this.network.body.nodes;
    for (const id of this.view.nodes) {
      const node = body[id];
      const x = (node.x - middle.x) * scale + width / 2, y = (node.y - middle.y) * scale + height / 2;
      if (x < -60 || y < -40 || x > width + 60 || y > height + 40) continue;
      const size = NETWORK.nodes[id].size * scale;
      spots.push({ id, x, y, size });
      const half = size - 2;
      if (half > 1) cells({ x: x - half, y: y - half, w: half * 2, h: half * 2 }, (cell) => { taken[cell] = 1; });
    }
    const rank = (id) => (id === this.hover || id === state.node || id === state.focus ? 1e6 : 0) + (this.near?.has(id) ? 1e3 : 0) + NODES[id].links.length;
    spots.sort((a, b) => rank(b.id) - rank(a.id) || a.id - b.id);
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = this.colours.paper;
    const room = scale < 0.12 ? 60 : 400;
    let written = 0;
    for (const spot of spots) {
      const strong = rank(spot.id) >= 1e6;
      if (!strong && this.near && !this.near.has(spot.id)) continue;
      if (written >= room) break;
      const big = strong || NODES[spot.id].links.length >= 12;
      const box = this.labelBox(context, spot, big, big ? 2 : 1, cells, taken);
      if (!box) continue;
      cells(box, (cell) => { taken[cell] = 2; });
      context.font = `${big ? "600 13px" : "12px"} ${FONT}`;
      context.fillStyle = this.colours.ink;
      box.lines.forEach((line, at) => {
        const y = box.y + box.line * (at + 0.5);
        context.strokeText(line, box.x + box.w / 2, y);
        context.fillText(line, box.x + box.w / 2, y);
      });
      written += 1;
    }
    context.restore();
  },

  /** The first free place for a label: below, right, left, above; `barred` is the cell value that bars it. */
  labelBox(context, { id, x, y, size }, big, barred, cells, taken) {
    context.font = `${big ? "600 13px" : "12px"} ${FONT}`;
    const lines = LINES[id];
    const line = big ? 16 : 15;
    const w = widest(context, lines), h = lines.length * line, gap = size + 3;
    const places = [[x - w / 2, y + gap], [x + gap + 2, y - h / 2], [x - gap - 2 - w, y - h / 2], [x - w / 2, y - gap - h]];
    for (const [left, top] of places) {
      const box = { x: left, y: top, w, h, line, lines };
      const inside = left > 0 && left + w < place.clientWidth && top > 0 && top + h < place.clientHeight;
      if (inside && !cells(box, (cell) => taken[cell] >= barred)) return box;
    }
    return id === state.node || id === state.focus || id === this.hover ? { x: places[0][0], y: places[0][1], w, h, line, lines } : null;
  },

  /** The picture as drawn, on paper colour, as PNG; toBlob would wait for an idle moment. */
  image() {
    const canvas = place.querySelector("canvas");
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext("2d");
    context.fillStyle = this.colours.paper;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, 0, 0);
    const bytes = atob(copy.toDataURL("image/png").split(",")[1]);
    return new Blob([Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))], { type: "image/png" });
  },
};

const widths = new Map();
function widest(context, lines) {
  return Math.max(...lines.map((line) => {
    const key = context.font + line;
    if (!widths.has(key)) widths.set(key, context.measureText(line).width);
    return widths.get(key);
  }));
}

function expand({ x, y, hidden, dim, colour, border, strong }) {
  const opacity = dim ? 0.28 : 1;
  return { x, y, hidden, opacity, borderWidth: strong ? 3 : 1.5, color: { background: colour, border, hover: { background: colour, border } } };
}

function expandEdge({ hidden, dim, colour, strong }) {
  return { hidden, width: strong ? 1.8 : 1, arrows: { to: { enabled: strong } }, color: { color: colour, hover: colour, opacity: dim ? 0.25 : 1 } };
}

/** Places around a focus: first ring by class and name, second ring beside what it is reached through. */
function rings(found) {
  const order = Object.keys(GRAPH.classes);
  const rank = (id) => order.indexOf(NODES[id].label);
  const byName = (a, b) => rank(a) - rank(b) || a - b;
  const children = new Map();
  for (const [id, { parent }] of found) if (parent !== null) children.set(parent, [...(children.get(parent) || []), id]);
  const spots = [];
  const [start] = found.keys();
  spots[start] = { x: 0, y: 0 };
  const first = (children.get(start) || []).sort(byName);
  const second = first.flatMap((id) => children.get(id) || []).length;
  const total = first.length + second;
  const rows = Math.ceil(first.length / 36);
  const inner = Math.max(170, (first.length * 62) / rows / (2 * Math.PI));
  const reach = inner + (rows - 1) * 110;
  const outerRows = Math.max(1, Math.ceil(second / 60));
  const outer = Math.max(reach + 150, (second * 50) / outerRows / (2 * Math.PI));
  const put = (id, turn, radius) => { spots[id] = { x: Math.sin(turn) * radius * 1.25, y: -Math.cos(turn) * radius }; };
  let passed = 0, leaf = 0;
  first.forEach((id, at) => {
    const own = (children.get(id) || []).sort(byName);
    const share = 1 + own.length;
    put(id, ((passed + share / 2) / total) * 2 * Math.PI, inner + (at % rows) * 110);
    own.forEach((child, turn) => put(child, ((passed + (turn + 1) * share / (own.length + 1)) / total) * 2 * Math.PI, outer + (leaf++ % outerRows) * 90));
    passed += share;
  });
  return spots;
}
