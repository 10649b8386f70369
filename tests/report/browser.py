#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens a report in headless Chromium as a reader would, and checks what the reader relies on: no console error, no request, every
picture drawn, figures that open the words behind them, links that lead somewhere, light and dark, 380 and 1,400 pixels, print, contrast.

    browser.py PAGE.html [--shots FOLDER]

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
                f"--user-data-dir={self.profile}"]
        caps = {"browserName": "chrome", "goog:chromeOptions": {"args": args, "binary": shutil.which("chromium")},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        self.session = "/session/" + self.call("POST", "/session", {"capabilities": {"alwaysMatch": caps}})["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://localhost:{self.port}{path}", data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
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


CONTRAST = """
const lin = c => { c /= 255; return c <= .03928 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4); };
const lum = c => .2126 * lin(c[0]) + .7152 * lin(c[1]) + .0722 * lin(c[2]);
const parse = s => (s.match(/[\\d.]+/g) || []).map(Number);
const bg = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > .99) return c; } return [255, 255, 255]; };
const bad = [];
for (const e of document.querySelectorAll("body *")) {
  if (e.closest("svg,script,style,dialog:not([open]),.skip") || !e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
  const s = getComputedStyle(e), a = lum(parse(s.color)), b = lum(bg(e)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  const large = parseFloat(s.fontSize) >= 24 || (parseFloat(s.fontSize) >= 18.66 && +s.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) bad.push([e.className || e.tagName, ratio.toFixed(2), e.textContent.trim().slice(0, 30)]);
}
return bad.slice(0, 8);
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
return [...new Set(out)].slice(0, 12);
"""

PICTURES = """
return [...document.querySelectorAll(".plot")].map(p => ({ id: p.id, hidden: p.closest("figure").hidden, drawn: p.dataset.drawn === "1", marks: p.querySelectorAll("svg path, svg text, svg line").length,
  wide: p.querySelector("svg") ? p.querySelector("svg").getBoundingClientRect().width - p.clientWidth : 0 }));
"""


def check(page, shots):
    faults = []
    b = Browser()
    try:
        url = pathlib.Path(page).resolve().as_uri()
        for width in (1400, 380):
            for dark in (False, True):
                at = f"{width} px, {'dark' if dark else 'light'}"
                b.view(width, dark)
                b.log("browser"), b.log("performance")
                b.post("/url", url=url)
                time.sleep(0.3)
                faults += [f"{at}: console: {m['message']}" for m in b.log("browser") if m["level"] in ("SEVERE", "WARNING")]
                for entry in b.log("performance"):
                    m = json.loads(entry["message"])["message"]
                    if m["method"] == "Network.requestWillBeSent":
                        to = m["params"]["request"]["url"]
                        if to != url and not to.startswith("data:"):
                            faults.append(f"{at}: request to {to}")
                pictures = b.js(PICTURES)
                drawn = [p for p in pictures if p["drawn"]]
                faults += [f"{at}: picture {p['id']} is not drawn" for p in pictures if not p["hidden"] and (not p["drawn"] or p["marks"] < 4)]
                faults += [f"{at}: picture {p['id']} is {p['wide']:.0f} px too wide" for p in drawn if p["wide"] > 1]
                if not drawn:
                    faults.append(f"{at}: no picture at all")
                over = b.js("return document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    faults.append(f"{at}: the page is {over} px wider than the window")
                faults += [f"{at}: contrast {c[1]} of {c[0]} ({c[2]})" for c in b.js(CONTRAST)]
                if width == 1400 and not dark:
                    faults += b.js(STRUCTURE)
                if shots:
                    name = f"{shots}/{width}-{'dark' if dark else 'light'}"
                    b.shot(name + ".png", "body")
                    for i in range(1, 11):
                        b.shot(f"{name}-p{i}.png", f"#p{i}")
        # a figure opens the words behind it, without and with the mouse, and closes again
        b.view(1400, False)
        b.post("/url", url=url)
        quoted = b.js("""const proof = JSON.parse(document.getElementById('auricule-proof').textContent);
            for (const a of document.querySelectorAll('a.f[data-f]')) { const f = proof.figures[+a.dataset.f]; if (f.quotes) {
              a.click(); const box = document.getElementById('behind');
              const r = [f.id, box.open, box.querySelectorAll('blockquote').length, f.quotes.length]; if (box.open) box.close(); return r; } }
            return null""")
        if not quoted or not quoted[1] or quoted[2] != quoted[3]:
            faults.append(f"a figure does not open its words: {quoted}")
        on_picture = b.js("""const m = document.querySelector('#c-irritants .mark-symbol path'); if (!m) return null;
            m.scrollIntoView({block: 'center'}); const r = m.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]""")
        if on_picture:
            for kind in ("mousePressed", "mouseReleased"):
                b.cdp("Input.dispatchMouseEvent", type=kind, x=on_picture[0], y=on_picture[1], button="left", clickCount=1)
            time.sleep(0.1)
            if not b.js("return document.getElementById('behind').open"):
                faults.append("a mark of a picture does not open its words")
            if shots:
                b.cdp("Page.captureScreenshot", format="png")
                pathlib.Path(f"{shots}/dialog.png").write_bytes(base64.b64decode(b.cdp("Page.captureScreenshot", format="png")["data"]))
            b.js("document.getElementById('behind').close()")
        jumped = b.js("const a = document.querySelector('th a[href^=\"#t-\"]'); if (!a) return true; a.click(); return document.querySelector(':target') !== null")
        if not jumped:
            faults.append("a theme's link does not lead to its leaf")
        pdf = base64.b64decode(b.cdp("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        if not pages:
            faults.append("it does not print")
        if shots:
            pathlib.Path(f"{shots}/print.pdf").write_bytes(pdf)
        faults += [f"console, later: {m['message']}" for m in b.log("browser") if m["level"] in ("SEVERE", "WARNING")]
        print(f"{page}: {len(drawn)} pictures drawn, {pages} pages of A4, {len(faults)} faults")
    finally:
        b.close()
    return faults


def main():
    if len(sys.argv) < 2:
        sys.exit(2)
    for tool in ("chromium", "chromedriver"):
        if not shutil.which(tool):
            print(f"skipped: {tool} is not installed (Debian: chromium chromium-driver)")
            sys.exit(SKIP)
    shots = sys.argv[sys.argv.index("--shots") + 1] if "--shots" in sys.argv else None
    if shots:
        os.makedirs(shots, exist_ok=True)
    faults = check(sys.argv[1], shots)
    for f in faults:
        print("FAULT", f)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
