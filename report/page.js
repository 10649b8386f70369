/* SPDX-License-Identifier: Apache-2.0 */
/* Draws the pictures out of the page's own figures, and opens the words behind a figure.  Nothing is fetched, nothing is evaluated:
 * Vega runs with its interpreter, under a policy that forbids both. */
(function () {
"use strict";
var byId = function (id) { return document.getElementById(id); };
var data = JSON.parse(byId("auricule-data").textContent), proof = JSON.parse(byId("auricule-proof").textContent);
var say = data.say, vega = typeof auriculeVega === "object" ? auriculeVega : null;
var light = { bg: "#ffffff", ink: "#1b1f26", dim: "#555e6b", line: "#c9ced6", soft: "#eceef1", keep: "#1f5fa8", dear: "#4a8fd4", improve: "#c4861a",
	getrid: "#a33b0b", role: ["#1f5fa8", "#8a4b00", "#6a2c91", "#1f6b3a"], heat: ["#e6effa", "#b3d0ee", "#6aa3da", "#2f71b8", "#123f7a"], onheat: ["#000000", "#ffffff"] };
var dark = { bg: "#15181d", ink: "#e9ecf0", dim: "#aab3bf", line: "#454d59", soft: "#272d36", keep: "#6aa9ee", dear: "#9cc8f7", improve: "#d9a136",
	getrid: "#ef8354", role: ["#6aa9ee", "#eab676", "#cfa0ee", "#8fd6a8"], heat: ["#1d2b3d", "#25466d", "#35699f", "#5f9bd6", "#b5d8fb"], onheat: ["#ffffff", "#000000"] };
var scheme = window.matchMedia("(prefers-color-scheme: dark)"), printing = false;
function colors() { return scheme.matches && !printing ? dark : light; }
function percent(x) { return (Math.round(x * 100) + say.percent); }
function el(name, attrs, children) {
	var n = document.createElement(name), k;
	for (k in attrs || {}) n.setAttribute(k, attrs[k]);
	(children || []).forEach(function (c) { n.append(c); });
	return n;
}

/* ---- words behind a figure ---- */
function verbatim(v) {
	var q = el("blockquote"), where = [v[0], v[1], v[2], v[3]].filter(Boolean).join(" · ");
	q.append("«\u00a0");
	for (var i = 4; i < v.length; i += 2)
		q.append(v[i] === 1 ? el("mark", {}, [v[i + 1]]) : v[i] === 2 ? el("span", { class: "mask" }, [v[i + 1]]) : v[i] === 3 ? el("span", { class: "cut" }, ["[…]"]) : v[i + 1]);
	q.append("\u00a0»");
	return el("figure", { class: "quote" }, [q, el("figcaption", {}, [where])]);
}
function open(f) {
	var fig = proof.figures[f], body = byId("behind-body"), box = byId("behind");
	if (!fig || !box.showModal) return false;
	byId("behind-title").textContent = say.behind + "\u00a0: " + fig.value;
	body.replaceChildren();
	(fig.quotes || []).forEach(function (q) { body.append(verbatim(data.verbatims[q])); });
	if (!fig.quotes) body.append(el("p", { class: "note" }, [say.none_behind]));
	body.append(el("p", { class: "note" }, [say.figure + " ", el("code", {}, [fig.id])]));
	if (fig.query) body.append(el("p", { class: "note" }, [say.query + " ", el("code", {}, [fig.query])]));
	box.showModal();
	return true;
}
/* A link to something that is folded opens it. */
function unfold() {
	var t = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1))), folded = false;
	for (var d = t; d; d = d.parentElement) if (d.tagName === "DETAILS" && !d.open) d.open = folded = true;
	if (folded) t.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
unfold();
document.addEventListener("click", function (e) {
	var a = e.target.closest && e.target.closest("a.f[data-f]");
	if (a && !e.ctrlKey && !e.metaKey && open(+a.dataset.f)) e.preventDefault();
	if (e.target === byId("behind")) e.target.close();
});

/* ---- pictures ---- */
var views = [];
function axisText(c) { return { labelColor: c.ink, titleColor: c.dim, tickColor: c.line, domainColor: c.line, gridColor: c.line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelFont: "system-ui, sans-serif", titleFont: "system-ui, sans-serif" }; }
function base(c, width, height) {
	return { $schema: "", background: null, padding: { left: 2, right: 6, top: 4, bottom: 4 }, width: width, height: height, autosize: { type: "pad" },
		config: { axis: axisText(c), text: { font: "system-ui, sans-serif" }, style: { "guide-label": { font: "system-ui, sans-serif" } } } };
}
function legend(host, items) {
	var old = host.parentNode.querySelector(".legend");
	if (old) old.remove();
	var ul = el("ul", { class: "legend", "aria-hidden": "true" }, items.map(function (i) {
		var m = el("i");
		m.style.background = i.hollow ? "transparent" : i.color;
		m.style.borderColor = i.color;
		m.className = i.shape || "";
		return el("li", {}, [m, i.label]);
	}));
	host.before(ul);
}
/* Labels take as much of the width as they may, on two lines if need be; what is longer still is cut, and whole in the table. */
function labels(width, names, share) {
	var most = names.reduce(function (m, n) { return Math.max(m, n.length); }, 4), w = Math.round(Math.min(most * 7 + 8, width * share)), room = Math.max(8, Math.floor((w - 6) / 6.6));
	return { width: w, lines: names.map(function (n) {
		if (n.length <= room) return n;
		var cut = n.indexOf(", ");
		if (cut > 0) return [n.slice(0, cut), n.slice(cut + 2)]; /* a place and its date */
		cut = n.lastIndexOf(" ", room);
		if (cut < 3) cut = n.indexOf(" ");
		return cut < 0 ? n : [n.slice(0, cut), n.slice(cut + 1)];
	}) };
}
/* An axis of such labels over a scale whose values are numbers. */
function namesAxis(l, more) {
	return Object.assign({ scale: "y", orient: "left", labelLimit: l.width, ticks: false, domain: false, labelLineHeight: 12, labelBaseline: "middle",
		encode: { labels: { update: { text: { signal: "data('names')[datum.value].t" }, dy: { signal: "isArray(data('names')[datum.value].t) ? -6 : 0" } } } } }, more || {});
}
function namesData(l) { return { name: "names", values: l.lines.map(function (t) { return { t: t }; }) }; }
function numbers(n) { return Array.from({ length: n }, function (_, i) { return i; }); }
/* The ink that is read best on what lies `x` of the way along a row of colors: of black and white one always has a contrast of 4.5. */
function inkOn(ramp, x, inks) {
	function rgb(h) { return [1, 3, 5].map(function (i) { return parseInt(h.slice(i, i + 2), 16); }); }
	function light(c) { var v = c.map(function (k) { k /= 255; return k <= 0.03928 ? k / 12.92 : Math.pow((k + 0.055) / 1.055, 2.4); }); return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; }
	var at = Math.min(x, 0.9999) * (ramp.length - 1), i = Math.floor(at), a = rgb(ramp[i]), b = rgb(ramp[i + 1]);
	var on = light(a.map(function (v, k) { return v + (b[k] - v) * (at - i); }));
	function contrast(ink) { var l = light(rgb(ink)); return (Math.max(l, on) + 0.05) / (Math.min(l, on) + 0.05); }
	return contrast(inks[0]) >= contrast(inks[1]) ? inks[0] : inks[1];
}
function draw(id, make) {
	var host = byId(id);
	if (!host) return;
	var width = Math.max(280, Math.floor(host.clientWidth || host.parentNode.clientWidth || 680)), spec = make(colors(), width, host);
	if (!spec) { host.closest("figure").hidden = true; return; }
	var view = new vega.View(vega.parse(spec, null, { ast: true }), { expr: vega.interpreter, renderer: "svg", container: host, hover: false, logLevel: 1 });
	view.addEventListener("click", function (e, item) { if (item && item.datum && item.datum.f != null) open(item.datum.f); });
	views.push(view.run());
	host.dataset.drawn = "1";
}
function textMark(from, encode) { return { type: "text", from: { data: from }, interactive: false, encode: { enter: encode } }; }
var pointer = function (d) { return { value: d }; };

/* the word that goes with a number, as an expression of the library */
function agree(n, one, many) { return "(" + n + " > 1 ? ' " + say[many] + "' : ' " + say[one] + "')"; }

function participation(c, width, host) {
	var rows = data.participation, sessions = [], roles = [];
	if (!rows.length) return null;
	rows.forEach(function (r) { if (sessions.indexOf(r.session) < 0) sessions.push(r.session); if (roles.indexOf(r.role) < 0) roles.push(r.role); });
	var names = labels(width, sessions, 0.42), lab = names.width, top = 0;
	rows.forEach(function (r) { r.y = sessions.indexOf(r.session); });
	rows.forEach(function (r) { top = Math.max(top, r.invited || 0, r.present || 0); });
	legend(host, roles.flatMap(function (r, i) { var k = c.role[i % 4]; return [{ label: r + ", " + say.present, color: k }, { label: r + ", " + say.invited, color: k, hollow: true }]; }));
	var s = base(c, width - lab - 40, sessions.length * (Math.max(2, roles.length) * 13 + 9));
	s.data = [{ name: "t", values: rows }, namesData(names)];
	s.scales = [{ name: "y", type: "band", domain: numbers(sessions.length), range: "height", paddingInner: 0.25 }, { name: "x", type: "linear", domain: [0, top], range: "width", nice: true },
		{ name: "r", type: "band", domain: roles, range: [0, { signal: "bandwidth('y')" }] , padding: 0.08 }, { name: "c", type: "ordinal", domain: roles, range: c.role }];
	s.axes = [namesAxis(names), { scale: "x", orient: "bottom", grid: true, tickCount: 5, tickMinStep: 1, domain: false, ticks: false, zindex: 0, gridOpacity: 0.5 }];
	var y = { scale: "y", field: "y", offset: { scale: "r", field: "role" } }, h = { scale: "r", band: 1 };
	s.marks = [
		{ type: "rect", from: { data: "t" }, encode: { enter: { y: y, height: h, x: { value: 0 }, x2: { scale: "x", signal: "datum.invited || 0" }, stroke: { scale: "c", field: "role" }, strokeWidth: { value: 1.5 }, fill: { value: "transparent" }, tooltip: { signal: "datum.session + ' – ' + datum.role + '\u00a0: ' + (datum.present == null ? '–' : datum.present) + ' / ' + (datum.invited == null ? '–' : datum.invited)" } } } },
		{ type: "rect", from: { data: "t" }, encode: { enter: { y: y, height: h, x: { value: 0 }, x2: { scale: "x", signal: "datum.present || 0" }, fill: { scale: "c", field: "role" }, tooltip: { signal: "datum.session + ' – ' + datum.role + '\u00a0: ' + datum.present" } } } },
		textMark("t", { y: { scale: "y", field: "y", offset: { scale: "r", field: "role" }, }, dy: { signal: "bandwidth('r') / 2" }, x: { scale: "x", signal: "max(datum.invited || 0, datum.present || 0)" }, dx: { value: 4 }, baseline: { value: "middle" }, fontSize: { value: 10.5 }, fill: { value: c.dim }, text: { signal: "(datum.present == null ? '–' : datum.present) + '/' + (datum.invited == null ? '–' : datum.invited)" } })
	];
	return s;
}

function irritants(c, width) {
	var rows = data.irritants.slice(0, 40);
	if (!rows.length) return null;
	var narrow = width < 560, names = labels(width, rows.map(function (r) { return r.label; }), narrow ? 0.4 : 0.3), lab = names.width, right = narrow ? 0 : 150;
	var s = base(c, width - lab - right - 30, rows.length * (narrow ? 28 : 24));
	rows.forEach(function (r, i) { r.y = i; });
	s.data = [{ name: "t", values: rows }, namesData(names)];
	s.scales = [{ name: "y", type: "band", domain: numbers(rows.length), range: "height" }, { name: "x", type: "linear", domain: [0, Math.max.apply(null, rows.map(function (r) { return r.high; }))], range: "width", nice: true, zero: true }];
	s.axes = [namesAxis(names),
		{ scale: "x", orient: "bottom", grid: true, gridOpacity: 0.5, tickCount: narrow ? 3 : 6, tickMinStep: 0.01, domain: false, ticks: false, encode: { labels: { update: { text: { signal: "format(datum.value * 100, '.0f') + '" + say.percent + "'" } } } } }];
	var mid = { scale: "y", field: "y", band: 0.5 }, tip = { signal: "datum.label + '\u00a0: ' + datum.people + " + agree("datum.people", "person", "people") + " + ', ' + datum.n + " + agree("datum.n", "contribution", "contributions") + " + ', ' + format(datum.share * 100, '.0f') + '" + say.percent + " [' + format(datum.low * 100, '.0f') + '–' + format(datum.high * 100, '.0f') + ']'" };
	s.marks = [
		{ type: "rule", from: { data: "t" }, encode: { enter: { y: mid, x: { scale: "x", field: "low" }, x2: { scale: "x", field: "high" }, stroke: { value: c.keep }, strokeWidth: { value: 3 }, strokeOpacity: { value: 0.55 }, strokeCap: { value: "round" } } } },
		{ type: "symbol", from: { data: "t" }, encode: { enter: { y: mid, x: { scale: "x", field: "share" }, size: { value: 95 }, fill: { value: c.keep }, cursor: pointer("pointer"), tooltip: tip } } }
	];
	if (!narrow) s.marks.push(textMark("t", { y: mid, x: { signal: "width + 10" }, baseline: { value: "middle" }, fontSize: { value: 11.5 }, fill: { value: c.dim }, text: { signal: "datum.people + " + agree("datum.people", "person", "people") + " + ', ' + datum.verdict" }, limit: { value: right + 30 } }));
	return s;
}

function heat(c, width) {
	var themes = data.heat, S = data.sessions, rowsAreThemes = S.length <= 24, values = [], most = 0.05;
	if (!themes.length || !S.length) return null;
	themes.forEach(function (t, i) { t.cells.forEach(function (x, j) { values.push({ r: rowsAreThemes ? i : j, c: rowsAreThemes ? j : i, s: x[0], v: x[1], f: x[2], b: x[3], t: t.label, k: S[j][0] + " " + S[j][1] }); if (x[1] != null) most = Math.max(most, x[1]); }); });
	var rowNames = rowsAreThemes ? themes.map(function (t) { return t.label; }) : S.map(function (x) { return x[0] + ", " + x[1]; });
	values.forEach(function (v) { v.ink = v.s === 0 ? inkOn(c.heat, v.v / most, c.onheat) : c.dim; });
	var names = labels(width, rowNames, 0.34), lab = names.width, n = rowsAreThemes ? S.length : themes.length, cell = (width - lab - 22) / n, flat = rowsAreThemes && cell > 84;
	var columnNames = rowsAreThemes ? S.map(function (x) { return flat ? [x[0], x[1]] : x[0] + ", " + x[1]; }) : themes.map(function (t) { return t.label; });
	var rowH = rowsAreThemes ? 28 : 15, small = cell < 34 || !rowsAreThemes;
	var s = base(c, width - lab - 22, rowNames.length * rowH);
	s.data = [{ name: "t", values: values }, { name: "columns", values: columnNames.map(function (x) { return { t: x }; }) }, namesData(rowsAreThemes ? names : { lines: rowNames })];
	s.scales = [{ name: "y", type: "band", domain: rowNames.map(function (_, i) { return i; }), range: "height", padding: 0.06 }, { name: "x", type: "band", domain: columnNames.map(function (_, i) { return i; }), range: "width", padding: 0.05 },
		{ name: "h", type: "linear", domain: [0, most * 0.25, most * 0.5, most * 0.75, most], range: c.heat, interpolate: "rgb" }];
	s.axes = [namesAxis(names, { labelOverlap: rowsAreThemes ? false : "greedy" }),
		{ scale: "x", orient: "top", ticks: false, domain: false, labelAngle: flat ? 0 : -90, labelAlign: flat ? "center" : "left", labelBaseline: flat ? "bottom" : "middle", labelLimit: flat ? cell : 150, labelPadding: flat ? 16 : 3, labelLineHeight: 13, labelFontSize: 11, encode: { labels: { update: { text: { signal: "data('columns')[datum.value].t" } } } } }];
	var box = { x: { scale: "x", field: "c" }, width: { scale: "x", band: 1 }, y: { scale: "y", field: "r" }, height: { scale: "y", band: 1 } };
	s.marks = [{ type: "rect", from: { data: "t" }, encode: { enter: Object.assign({ fill: [{ test: "datum.s === 0", scale: "h", field: "v" }, { value: "transparent" }], stroke: [{ test: "datum.s === 0", value: "transparent" }, { value: c.line }], strokeDash: [{ test: "datum.s === 3", value: [2, 2] }, { value: [1, 0] }], cursor: [{ test: "datum.s === 0 && datum.v > 0", value: "pointer" }, { value: "default" }],
		tooltip: { signal: "datum.t + ', ' + datum.k + '\u00a0: ' + (datum.s === 0 ? format(datum.v * 100, '.0f') + '" + say.percent + "' : datum.s === 1 ? '" + say.few + " " + say.k + " " + say.people + "' : datum.s === 2 ? '" + say.masked + "' : datum.s === 4 ? datum.b + ' " + say.contributions + "' : '" + say.empty + "')" } }, box) } },
		/* empty rooms are crossed out, not blank */
		{ type: "rule", from: { data: "t" }, interactive: false, encode: { enter: { x: { scale: "x", field: "c" }, x2: { scale: "x", field: "c", band: 1 }, y: { scale: "y", field: "r", band: 1 }, y2: { scale: "y", field: "r" }, stroke: { value: c.line }, opacity: { signal: "datum.s === 3 ? 1 : 0" } } } },
		textMark("t", { x: { scale: "x", field: "c", band: 0.5 }, y: { scale: "y", field: "r", band: 0.5 }, align: { value: "center" }, baseline: { value: "middle" }, fontSize: { value: small ? (rowsAreThemes ? 10 : 9) : 11.5 },
			fill: { field: "ink" },
			text: { signal: "datum.s === 0 ? (datum.v > 0 ? format(datum.v * 100, '.0f')" + (small ? "" : " + '" + say.percent + "'") + " : '0') : datum.s === 1 ? '<" + say.k + "' : datum.s === 2 ? '•' : datum.s === 4 ? datum.b : ''" } })];
	return s;
}

function stances(c, width, host) {
	var rows = [], names = [], order = { improve: -1, getrid: -2, keep: 1, dear: 2 }, colour = { keep: c.keep, dear: c.dear, improve: c.improve, getrid: c.getrid }, left = 0, right = 0;
	data.stances.forEach(function (t) {
		var at = { l: 0, r: 0 };
		var cells = t.cells.slice().sort(function (a, b) { return Math.abs(order[a.stance]) - Math.abs(order[b.stance]); });
		if (!cells.length) return;
		names.push(t.label);
		cells.forEach(function (x) {
			var side = order[x.stance] > 0 ? "r" : "l", known = x.s === 0 || x.s === 4, n = known ? x.n : 0.9, from = at[side], to = from + n;
			at[side] = to;
			rows.push({ label: t.label, stance: x.stance, from: side === "r" ? from : -from, to: side === "r" ? to : -to, n: x.s === 4 ? x.told : x.n, y: names.length - 1, known: known, ink: x.s === 4 ? c.ink : inkOn([colour[x.stance], colour[x.stance]], 0, ["#ffffff", "#000000"]), s: x.s, f: x.f, said: say[x.stance] });
		});
		left = Math.max(left, at.l); right = Math.max(right, at.r);
	});
	if (!rows.length) return null;
	legend(host, ["getrid", "improve", "keep", "dear"].map(function (k) { return { label: say[k], color: colour[k] }; }).concat(say.k > 1 ? [{ label: say.few + " " + say.k + " / " + say.masked, color: c.dim, hollow: true }] : []));
	var list = labels(width, names, width < 560 ? 0.36 : 0.3), lab = list.width, s = base(c, width - lab - 24, names.length * (width < 560 ? 28 : 24));
	s.data = [{ name: "t", values: rows }, namesData(list)];
	s.scales = [{ name: "y", type: "band", domain: numbers(names.length), range: "height", padding: 0.16 }, { name: "x", type: "linear", domain: [-left, right], range: "width", nice: true },
		{ name: "c", type: "ordinal", domain: ["keep", "dear", "improve", "getrid"], range: [c.keep, c.dear, c.improve, c.getrid] }];
	s.axes = [namesAxis(list), { scale: "x", orient: "bottom", grid: true, gridOpacity: 0.4, tickCount: width < 560 ? 4 : 8, tickMinStep: 1, ticks: false, domain: false, encode: { labels: { update: { text: { signal: "format(abs(datum.value), '.0f')" } } } } }];
	s.marks = [
		{ type: "rect", from: { data: "t" }, encode: { enter: { y: { scale: "y", field: "y" }, height: { scale: "y", band: 1 }, x: { scale: "x", field: "from" }, x2: { scale: "x", field: "to" }, fill: [{ test: "datum.known", scale: "c", field: "stance" }, { value: "transparent" }], fillOpacity: [{ test: "datum.s === 4", value: 0.18 }, { value: 1 }], stroke: [{ test: "datum.s === 0", value: c.bg }, { scale: "c", field: "stance" }], strokeWidth: { value: 1 }, strokeDash: [{ test: "datum.s === 0", value: [1, 0] }, { value: [2, 2] }], cursor: [{ test: "datum.s === 0", value: "pointer" }, { value: "default" }],
			tooltip: { signal: "datum.label + ' – ' + datum.said + '\u00a0: ' + (datum.s === 0 ? datum.n : datum.s === 1 ? '" + say.few + " " + say.k + "' : datum.s === 4 ? datum.n : '" + say.masked + "')" } } } },
		{ type: "rule", encode: { enter: { x: { scale: "x", value: 0 }, y: { value: 0 }, y2: { signal: "height" }, stroke: { value: c.ink } } } },
		textMark("t", { y: { scale: "y", field: "y", band: 0.5 }, x: { scale: "x", signal: "(datum.from + datum.to) / 2" }, align: { value: "center" }, baseline: { value: "middle" }, fontSize: { value: 11 }, fill: { field: "ink" }, text: { signal: "datum.known && abs(scale('x', datum.to) - scale('x', datum.from)) > 7 * length('' + datum.n) + 2 ? datum.n : ''" } })
	];
	return s;
}

function places(c, width, host) {
	var rows = data.places.filter(function (r) { return r.s !== 3; }), names = [], parts = [];
	if (!rows.some(function (r) { return r.s === 0; })) return null;
	data.places.forEach(function (r) { if (names.indexOf(r.label) < 0) names.push(r.label); if (parts.indexOf(r.part) < 0) parts.push(r.part); });
	legend(host, [{ label: say.over, color: c.getrid, shape: "circle" }, { label: say.under, color: c.keep, shape: "diamond" }]);
	var list = labels(width, names, 0.34), lab = list.width, cell = (width - lab - 26) / parts.length, s = base(c, width - lab - 26, names.length * 28);
	rows.forEach(function (r) { r.y = names.indexOf(r.label); });
	s.data = [{ name: "t", values: rows }, namesData(list)];
	s.scales = [{ name: "y", type: "point", domain: numbers(names.length), range: "height", padding: 0.6 }, { name: "x", type: "point", domain: parts, range: "width", padding: 0.5 }, { name: "z", type: "sqrt", domain: [0, Math.max(3, Math.max.apply(null, rows.map(function (r) { return Math.abs(r.S || 0); })))], range: [6, 420] }];
	s.axes = [namesAxis(list, { grid: true, gridOpacity: 0.5 }), { scale: "x", orient: "top", ticks: false, domain: false, labelAngle: cell > 110 ? 0 : -90, labelAlign: cell > 110 ? "center" : "left", labelBaseline: cell > 110 ? "bottom" : "middle", labelLimit: cell > 110 ? cell : 150 }];
	var at = { x: { scale: "x", field: "part" }, y: { scale: "y", field: "y" } };
	s.marks = [
		{ type: "symbol", from: { data: "t" }, encode: { enter: Object.assign({ size: [{ test: "datum.s === 0 && !datum.apart", value: 28 }, { test: "datum.s === 0", scale: "z", signal: "abs(datum.S)" }, { value: 0 }], shape: { signal: "datum.S >= 0 ? 'circle' : 'diamond'" }, fill: { signal: "!datum.apart ? '" + c.bg + "' : datum.S >= 0 ? '" + c.getrid + "' : '" + c.keep + "'" }, strokeOpacity: { signal: "!datum.apart ? 0.6 : 1" }, stroke: { signal: "datum.sure ? '" + c.ink + "' : datum.S >= 0 ? '" + c.getrid + "' : '" + c.keep + "'" }, strokeWidth: { signal: "datum.sure ? 2.5 : 1.2" }, cursor: pointer("pointer"),
			tooltip: { signal: "datum.label + ', ' + datum.part + '\u00a0: S ' + replace(format(datum.S, '.1f'), '.', '" + say.decimal + "')" } }, at) } },
		textMark("t", Object.assign({ align: { value: "center" }, baseline: { value: "middle" }, fontSize: { value: 10 }, fill: { value: c.dim }, text: { signal: "datum.s === 1 ? '<" + say.k + "' : datum.s === 2 ? '•' : ''" } }, at))
	];
	return s;
}

function drawAll() {
	views.forEach(function (v) { v.finalize(); });
	views = [];
	if (!vega) { document.querySelectorAll("figure.chart").forEach(function (f) { f.hidden = true; }); return; }
	[["c-participation", participation], ["c-irritants", irritants], ["c-heat", heat], ["c-stances", stances], ["c-places", places]].forEach(function (x) {
		try { draw(x[0], x[1]); } catch (e) { console.error("auricule: " + x[0] + ": " + e.message); }
	});
	/* the figure has its name; its parts would be read out one by one */
	document.querySelectorAll(".plot svg").forEach(function (s) { s.setAttribute("aria-hidden", "true"); s.setAttribute("focusable", "false"); });
}
drawAll();
scheme.addEventListener("change", drawAll);
var wait, last = window.innerWidth;
window.addEventListener("resize", function () { if (window.innerWidth === last) return; last = window.innerWidth; clearTimeout(wait); wait = setTimeout(drawAll, 150); });
window.addEventListener("beforeprint", function () { printing = true; document.querySelectorAll("details:not(.subs)").forEach(function (d) { d.dataset.was = d.open ? "1" : ""; d.open = true; }); drawAll(); });
window.addEventListener("afterprint", function () { printing = false; document.querySelectorAll("details:not(.subs)").forEach(function (d) { d.open = !!d.dataset.was; }); drawAll(); });
})();
