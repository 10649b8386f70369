#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens reports in headless Chromium as a reader would, and checks what the reader relies on: no console error, no request, every picture drawn
and told in words, figures that open the words behind them by mouse and by keyboard, links that lead somewhere, light and dark, 380 and 1,400
pixels, print, contrast, order and structure.

    browser.py PAGE.html... [--shots FOLDER]

Needs chromium and chromedriver (Debian: chromium chromium-driver); leaves with 77 where they are absent."""
import base64, json, os, pathlib, re, shutil, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request

SKIP = 77


class Browser:
    """The little of WebDriver that is needed, over its own protocol."""

    def __init__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.profile = tempfile.mkdtemp(prefix="auricule-browser-")
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}", "--silent"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                if self.call("GET", "/status")["ready"]:
                    break
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", f"--user-data-dir={self.profile}"]
        patience = {"script": 600000, "pageLoad": 600000}  # ms: a loaded machine takes its time
        caps = {"browserName": "chrome", "timeouts": patience, "goog:chromeOptions": {"args": args, "binary": shutil.which("chromium")},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        self.session = "/session/" + self.call("POST", "/session", {"capabilities": {"alwaysMatch": caps}})["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://localhost:{self.port}{path}", data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=900) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise RuntimeError(e.read().decode()) from None

    def post(self, path, **body):
        return self.call("POST", self.session + path, body)

    def js(self, script, *args):
        return self.post("/execute/sync", script=script, args=list(args))

    def cdp(self, cmd, **params):
        return self.post("/goog/cdp/execute", cmd=cmd, params=params)

    def log(self, kind):
        return self.post("/se/log", type=kind)

    def view(self, width, dark):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def shot(self, path, selector=None):
        clip = {}
        if selector:
            box = self.js("const r=document.querySelector(arguments[0]).getBoundingClientRect();"
                          "return [r.x+scrollX,r.y+scrollY,r.width,r.height]", selector)
            clip = {"clip": {"x": box[0], "y": box[1], "width": max(1, box[2]), "height": max(1, min(box[3], 12000)), "scale": 1}}
        png = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True, **clip)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(png))

    def close(self):
        try:
            self.call("DELETE", self.session)
        except Exception:
            pass
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


# Every text against what lies behind it, in the page and in its pictures: WCAG 2.1, 1.4.3.
CONTRAST = """
const lin = c => { c /= 255; return c <= .03928 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4); };
const lum = c => .2126 * lin(c[0]) + .7152 * lin(c[1]) + .0722 * lin(c[2]);
const parse = s => { const c = (s.match(/[\\d.]+/g) || []).map(Number); return s.startsWith("rgb") ? c : null; };
const over = (a, alpha, b) => a.slice(0, 3).map((v, i) => v * alpha + b[i] * (1 - alpha));
const bg = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c && (c.length === 3 || c[3] > .99)) return c; } return [255, 255, 255]; };
const bad = [], seen = {};
let texts = 0;
const judge = (what, ink, ground, size, bold, text) => {
  const a = lum(ink), b = lum(ground), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), key = what + ink + ground;
  texts++;
  if (ratio < (size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5) && !seen[key]) { seen[key] = 1; bad.push([what, ratio.toFixed(2), text.trim().slice(0, 30)]); }
};
for (const d of document.querySelectorAll("details")) d.open = true;
for (const e of document.querySelectorAll("body *")) {
  if (e.closest("svg,script,style,dialog:not([open]),.skip") || !e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
  const s = getComputedStyle(e);
  judge(e.className || e.tagName, parse(s.color), bg(e), parseFloat(s.fontSize), +s.fontWeight >= 700, e.textContent);
}
/* in a picture: the filled shapes drawn before it that hold its middle */
for (const svg of document.querySelectorAll("svg")) {
  const shapes = [], ground = bg(svg.parentElement);
  for (const e of svg.querySelectorAll("path, text")) {
    const s = getComputedStyle(e), box = e.getBoundingClientRect(), line = e.tagName === "path" && s.fill === "none" && parseFloat(s.strokeWidth) > 9;
    const fill = parse(line ? s.stroke : s.fill);
    if (!fill || fill.length === 4 && !fill[3] || s.opacity === "0" || !(box.width || box.height)) continue;
    if (e.tagName === "path") { shapes.push([e, box, fill, line, parseFloat(s.fillOpacity) * (fill.length === 4 ? fill[3] : 1)]); continue; }
    if (!e.textContent.trim()) continue;
    const at = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
    let under = ground;
    for (const [p, b, f, line, alpha] of shapes)
      if (line ? p.isPointInStroke(at.matrixTransform(p.getScreenCTM().inverse())) : b.x <= at.x && at.x <= b.right && b.y <= at.y && at.y <= b.bottom)
        under = over(f, alpha, under);
    judge("text of a picture", fill, under, parseFloat(s.fontSize), +s.fontWeight >= 700, e.textContent);
  }
}
for (const d of document.querySelectorAll("details")) d.open = false;
return [texts, bad.slice(0, 8)];
"""

STRUCTURE = """
const out = [];
const ids = {};
for (const e of document.querySelectorAll("[id]")) { if (ids[e.id]) out.push("id twice: " + e.id); ids[e.id] = 1; }
for (const a of document.querySelectorAll("a[href^='#']")) if (!document.getElementById(decodeURIComponent(a.hash.slice(1)))) out.push("link to nowhere: " + a.hash);
for (const a of document.querySelectorAll("a[href]:not([href^='#'])")) out.push("link out of the page: " + a.href);
for (const t of document.querySelectorAll("table")) { if (!t.caption) out.push("table without caption"); if (!t.querySelector("th[scope]")) out.push("table without scopes"); }
for (const p of document.querySelectorAll(".plot")) if (!p.closest("figure").hidden && !p.getAttribute("aria-label")) out.push("picture without a name: " + p.id);
const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map(h => +h.tagName[1]);
levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) out.push("heading level skipped at " + i); });
if (document.querySelectorAll("h1").length !== 1) out.push("not one h1");
if (!document.documentElement.lang || !document.title) out.push("no language or title");
const proof = JSON.parse(document.getElementById("auricule-proof").textContent);
for (const e of document.querySelectorAll("[data-f]")) {
  const f = proof.figures[+e.dataset.f], shown = e.textContent.trim().replace(/\\s/g, "");
  if (!f) { out.push("no figure " + e.dataset.f); continue; }
  if (shown !== f.value.replace(/\\s/g, "") && !(f.value === "masked" && e.classList.contains("hid"))) out.push("figure " + f.id + " shows " + shown + ", its proof says " + f.value);
}
for (const axis of document.querySelectorAll(".plot svg .role-axis-label")) {
  const marks = [...axis.querySelectorAll("text")].map(e => e.textContent).filter(s => /^\\d/.test(s));
  if (marks.some((s, i) => i && s === marks[i - 1])) out.push("an axis counts " + marks.join(" "));
}
return [...new Set(out)].slice(0, 12);
"""

PICTURES = """
return [...document.querySelectorAll(".plot")].map(p => ({ id: p.id, hidden: p.closest("figure").hidden, drawn: p.dataset.drawn === "1", marks: p.querySelectorAll("svg path, svg text, svg line").length,
  wide: p.querySelector("svg") ? p.querySelector("svg").getBoundingClientRect().width - p.clientWidth : 0,
  said: p.closest("section").querySelectorAll("table td, li").length }));
"""

ORDER = ["Ce qui a été demandé, et à qui", "Les irritants qui reviennent", "Les thèmes par séance", "Je garde, j’améliore, je jette", "La main",
         "Ce qui se dit selon le territoire", "Les mots de chaque thème", "Ce qu’aucun thème n’a retenu", "Méthode", "Une fiche par thème"]


class Check:
    def __init__(self, browser, page, shots):
        self.b, self.page, self.shots, self.faults = browser, page, shots, []
        self.url = pathlib.Path(page).resolve().as_uri()

    def fault(self, *lines):
        self.faults += lines

    def console(self, at):
        self.fault(*[f"{at}: console: {m['message']}" for m in self.b.log("browser") if m["level"] in ("SEVERE", "WARNING")])

    def key(self, name, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.b.cdp("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code, text=text if kind == "keyDown" else "")

    def looks(self, width, dark):
        """One way of looking at the page: is everything there, and can it be read?"""
        b, at = self.b, f"{width} px, {'dark' if dark else 'light'}"
        pictures = b.js(PICTURES)
        drawn = [p for p in pictures if p["drawn"] and not p["hidden"]]
        self.fault(*[f"{at}: picture {p['id']} is not drawn" for p in pictures if not p["hidden"] and (not p["drawn"] or p["marks"] < 4)])
        self.fault(*[f"{at}: picture {p['id']} has no text beside it" for p in drawn if p["said"] < 4])
        self.fault(*[f"{at}: picture {p['id']} is {p['wide']:.0f} px too wide" for p in drawn if p["wide"] > 1])
        wanted = b.js("""const d = JSON.parse(document.getElementById('auricule-data').textContent);
            return [d.participation.length, d.irritants.length, d.heat.length && d.sessions.length, d.stances.some(t => t.cells.length), d.places.some(p => p.s === 0)].filter(Boolean).length""")
        if len(drawn) != wanted:
            self.fault(f"{at}: {len(drawn)} pictures where {wanted} have something to show")
        shapes = b.js("return [...document.querySelectorAll('#p6 .legend i')].map(i => { const s = getComputedStyle(i); return s.borderRadius + ' ' + s.transform; })")
        if len(set(shapes)) < len(shapes):
            self.fault(f"{at}: the signs of the legend of territories differ in their colours alone")
        over = b.js("return document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            self.fault(f"{at}: the page is {over} px wider than the window")
        texts, bad = b.js(CONTRAST)
        self.fault(*[f"{at}: contrast {c[1]} of {c[0]} ({c[2]})" for c in bad])
        if self.shots:
            name = f"{self.shots}/{width}-{'dark' if dark else 'light'}"
            b.shot(name + ".png", "body")
            for i in range(1, 11):
                b.shot(f"{name}-p{i}.png", f"#p{i}")
        return len(drawn), texts

    def load(self, width):
        b = self.b
        b.view(width, False)
        b.log("browser"), b.log("performance")
        b.post("/url", url=self.url)
        for dark in (False, True):
            b.view(width, dark)
            time.sleep(0.2)
            pictures, texts = self.looks(width, dark)
        self.console(f"{width} px")
        for entry in b.log("performance"):
            m = json.loads(entry["message"])["message"]
            if m["method"] == "Network.requestWillBeSent":
                to = m["params"]["request"]["url"]
                if to != self.url and not to.startswith("data:"):
                    self.fault(f"{width} px: request to {to}")
        b.view(width, False)
        return pictures, texts

    def behaves(self):
        """Figures open the words behind them, with the mouse and with the keyboard, and close again; links lead somewhere."""
        b = self.b
        opened = b.js("""const proof = JSON.parse(document.getElementById('auricule-proof').textContent), box = document.getElementById('behind'), bad = [];
            let n = 0, words = 0;
            for (const d of document.querySelectorAll('details')) d.open = true;
            for (const a of document.querySelectorAll('a.f[data-f]')) {
              const f = proof.figures[+a.dataset.f]; a.click(); n++;
              const said = box.querySelectorAll('blockquote').length; words += said;
              if (!box.open || said !== (f.quotes || []).length || box.textContent.includes('undefined')) bad.push(f.id);
              if (box.open) box.close(); }
            for (const d of document.querySelectorAll('details')) d.open = false;
            return [n, words, bad.slice(0, 5)]""")
        self.fault(*[f"the figure {f} does not open its words" for f in opened[2]])
        mark = b.js("""const m = document.querySelector('#c-irritants .mark-symbol path'); if (!m) return null;
            m.scrollIntoView({block: 'center'}); const r = m.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]""")
        if mark:
            for kind in ("mousePressed", "mouseReleased"):
                b.cdp("Input.dispatchMouseEvent", type=kind, x=mark[0], y=mark[1], button="left", clickCount=1)
            time.sleep(0.1)
            if not b.js("return document.getElementById('behind').open"):
                self.fault("a mark of a picture does not open its words")
            if self.shots:
                b.shot(f"{self.shots}/dialog.png")
            b.js("document.getElementById('behind').close()")
        # by keyboard alone: the first stop leads past the head, every stop shows where it is, Enter opens, Escape brings back
        b.js("document.activeElement.blur(); window.scrollTo(0, 0)")
        b.post("/url", url=self.url)
        self.key("Tab", 9)
        if b.js("return document.activeElement.className") != "skip":
            self.fault("the first stop of the keyboard is not the link to the content")
        hidden, stops = 0, min(14, b.js("return [...document.querySelectorAll('a[href], summary')].filter(e => e.checkVisibility()).length"))
        for _ in range(stops):
            hidden += not b.js("""const s = getComputedStyle(document.activeElement);
                return document.activeElement !== document.body && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2""")
            self.key("Tab", 9)
        if hidden:
            self.fault(f"{hidden} of {stops} stops of the keyboard do not show where they are")
        if b.js("const a = document.querySelector('a.f[data-f]'); if (!a) return false; a.focus(); return true"):
            self.key("Enter", 13, "\r")
            if not b.js("return document.getElementById('behind').open"):
                self.fault("Enter does not open a figure")
            self.key("Escape", 27)
            if b.js("return document.getElementById('behind').open") or not b.js("return document.activeElement.matches('a.f')"):
                self.fault("Escape does not bring back to the figure")
        folded = b.js("""const a = [...document.querySelectorAll('a[href^="#t-"]')].find(a => { const t = document.getElementById(a.hash.slice(1)); return t && t.closest('details'); });
            if (!a) return 'none'; a.click(); return a.hash""")
        if folded != "none":
            time.sleep(0.1)
            if not b.js("const t = document.querySelector(':target'); return t && t.checkVisibility()"):
                self.fault(f"the link to {folded} does not unfold it")
        return opened

    def paper(self, pdf):
        """On paper nothing scrolls: what is wider than it is cut off.  182 mm: A4 without its margins, or 269 mm on its side."""
        b = self.b
        b.cdp("Emulation.setDeviceMetricsOverride", width=688, height=900, deviceScaleFactor=1, mobile=False)
        b.cdp("Emulation.setEmulatedMedia", media="print")
        over = b.js("""return [...document.querySelectorAll('table')].map(t => { const r = t.getBoundingClientRect();
            return [t.caption.textContent, Math.round(t.rows[0].cells.length > 25 ? r.width - 1016 : r.right - innerWidth)]; }).filter(t => t[1] > 0)""")
        if b.js("return [...document.querySelectorAll('table')].some(t => t.rows[0].cells.length > 25)") and not re.search(rb"/MediaBox\s*\[0 0 84", pdf):
            self.fault("paper: no sheet lies on its side for a table of more than 25 columns")
        self.fault(*[f"paper: the table « {t[0]} » is {t[1]} px too wide" for t in over])
        if b.js("return [...document.querySelectorAll('.opens')].some(e => e.checkVisibility())"):
            self.fault("paper: it says that numbers open")
        b.cdp("Emulation.setEmulatedMedia", media="")
        # without a script there are no pictures, and nothing speaks of them
        b.cdp("Emulation.setScriptExecutionDisabled", value=True)
        b.post("/url", url=self.url)
        said = "[...document.querySelectorAll('figure.chart, .opens')].filter(f => f.checkVisibility()).length"
        if b.cdp("Runtime.evaluate", expression=said)["result"]["value"]:
            self.fault("without a script something speaks of pictures, or of what opens, that are not there")
        b.cdp("Emulation.setScriptExecutionDisabled", value=False)

    def all(self):
        b = self.b
        pictures, texts = self.load(1400)
        self.fault(*b.js(STRUCTURE))
        heads = [h.split(". ", 1)[-1] for h in b.js("return [...document.querySelectorAll('main > section > h2')].map(h => h.textContent)")][1:]
        if heads != ORDER:
            self.fault(f"the parts are not in their order: {heads}")
        self.load(380)
        b.view(1400, False)
        time.sleep(0.3)  # the pictures are drawn anew a moment after the window has its width
        figures, words, _ = self.behaves()
        pdf = base64.b64decode(b.cdp("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        if not pages:
            self.fault("it does not print")
        if self.shots:
            pathlib.Path(f"{self.shots}/print.pdf").write_bytes(pdf)
        self.paper(pdf)
        self.console("later")
        print(f"{os.path.basename(self.page)}: {pictures} pictures drawn, {texts} texts with contrast, {figures} figures open {words} verbatims, {pages} pages of A4, "
              f"{len(self.faults)} faults", flush=True)
        return self.faults


def main():
    pages = [a for a in sys.argv[1:] if not a.startswith("--")]
    shots = None
    if "--shots" in sys.argv:
        shots = pages.pop()
    if not pages:
        sys.exit(2)
    for tool in ("chromium", "chromedriver"):
        if not shutil.which(tool):
            print(f"skipped: {tool} is not installed (Debian: chromium chromium-driver)")
            sys.exit(SKIP)
    browser, faults = Browser(), []
    try:
        for page in pages:
            to = shots and (shots if len(pages) == 1 else f"{shots}/{pathlib.Path(page).stem}")
            if to:
                os.makedirs(to, exist_ok=True)
            faults += [f"{os.path.basename(page)}: {f}" for f in Check(browser, page, to).all()]
    finally:
        browser.close()
    for f in faults:
        print("FAULT", f)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
