#!/usr/bin/env python3
"""Opens the HTML report in a headless Chromium and uses it: filters, sorting, keyboard, colours, paper.

    tests/page.py target/debug/recount            runs the checks
    tests/page.py target/debug/recount --shots D  writes screenshots into the folder D as well

Needs Chromium and Python 3.9, nothing else: the browser is driven through a pipe. Says so and ends well when there is
no Chromium.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

REPORT = """\
# Wells of the northern district

In 2021 the survey counted 43 wells in Aune and <script>document.title = "run"</script> found 12 of them dry.
Of the 51 readings that were taken none was lost.

## Results

Table 1. Wells by village

| Village | Wells | Dry |
| --- | ---: | ---: |
| Aune | 41 | 12 |
| Brekke | 12 | 3 |
| Dale | 9 | 1 |
| Total | 65 | 16 |

The three villages are Aune, Brekke, Dale and Eide. The meeting on Monday, 14 March 2021 heard all of them.

A total of 40 people came: 23 women and 14 men.
"""

ANNEX = """\
# Annex

The survey of 2021 counted 37 wells in Aune. "Quoted" & <b>bold</b> words stay words.
"""


def find_browser():
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    """Speaks the DevTools protocol over a pipe."""

    def __init__(self, program, folder):
        to_browser, self.write = os.pipe()
        self.read, from_browser = os.pipe()

        def place_pipes():
            # The browser reads commands from descriptor 3 and answers on descriptor 4.
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        command = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                   "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=" + str(folder / "profile"),
                   "--host-resolver-rules=MAP * ~NOTFOUND", "about:blank"]
        self.process = subprocess.Popen(command, preexec_fn=place_pipes, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.buffer, self.session, self.requests = 0, b"", None, []
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(t for t in targets if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Accessibility"):
            self.call(domain + ".enable")

    def message(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.read, 1 << 16)
            if not piece:
                raise RuntimeError("the browser has gone")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(text)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        return message

    def call(self, method, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.write, json.dumps(command).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def open(self, path):
        self.call("Page.navigate", url=path.as_uri())
        while self.message().get("method") != "Page.loadEventFired":
            pass

    def ask(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:600])
        return answer["result"].get("value")

    def key(self, name, code, text=None):
        for kind in ("rawKeyDown", "char" if text else None, "keyUp"):
            if kind:
                extra = {"text": text} if kind == "char" else {}
                self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code, **extra)

    def look(self, scheme="light", width=1200, height=900, media=""):
        self.call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def shot(self, path):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        self.process.wait()


CONTRAST = """
(() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const low = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.offsetParent || e.closest(".done") || e.tagName === "SCRIPT") continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(`${e.className || e.tagName}: ${ratio.toFixed(2)}`);
  }
  return Array.from(new Set(low));
})()
"""

FAILED = []


def check(what, good, seen=""):
    print(("ok    " if good else "FAIL  ") + what + ("" if good else f": {seen!r}"))
    if not good:
        FAILED.append(what)


def run(program, browser_path, folder, shots):
    (folder / "report.md").write_text(REPORT)
    (folder / "annex.md").write_text(ANNEX)
    page = folder / "page.html"
    made = subprocess.run([program, "check", "report.md", "annex.md", "--format", "html", "--severity", "note", "--no-config"],
                          cwd=folder, capture_output=True)
    page.write_bytes(made.stdout)
    check("the command ends with findings", made.returncode == 1, made.stderr.decode())
    text = made.stdout.decode()
    check("documents cannot add markup", "<b>bold" not in text and "<script>document" not in text)
    sheet = folder / "sheet.html"
    sheet.write_bytes(subprocess.run([program, "claims", "report.md", "--format", "html", "--no-config"], cwd=folder,
                                     capture_output=True).stdout)
    browser = Browser(browser_path, folder)
    ask = browser.ask
    try:
        browser.look()
        browser.open(page)
        total = ask("document.querySelectorAll('.finding').length")
        check("findings are shown", total >= 3, total)
        check("nothing is loaded", all(u.startswith(("file:", "about:")) for u in browser.requests), browser.requests)
        check("the title is the report's own", ask("document.title").startswith("Consistency of 2"), ask("document.title"))
        check("the script runs under its policy", ask("!document.querySelector('#filters').hidden"))
        check("every place is marked", ask("Array.from(document.querySelectorAll('.place')).every((p) => p.querySelector('mark'))"))
        check("marks carry their numbers", ask("Array.from(document.querySelectorAll('mark')).every((m) => /\\d/.test(m.querySelector('.n').textContent))"))

        rule = ask("document.querySelector('[name=rule]').value")
        ask("document.querySelector('[name=rule]').click()")
        left = ask("document.querySelectorAll('.findings > li:not([hidden])').length")
        check("a rule can be filtered", 0 < left < total, (rule, left, total))
        check("the number shown is said", str(left) in ask("document.querySelector('#shown').textContent"))
        ask("for (const b of document.querySelectorAll('[name=severity]')) if (b.checked) b.click()")
        check("no finding left is said", not ask("document.querySelector('#none').hidden"))
        ask("location.hash = '#f2'; new Promise((done) => setTimeout(done, 100))")
        check("a link shows a filtered finding", ask("!document.querySelector('#f2').parentElement.hidden"))
        ask("document.querySelector('#filters [type=reset]').click(); new Promise((done) => setTimeout(done, 50))")
        check("all are shown again", ask("document.querySelectorAll('.findings > li:not([hidden])').length") == total)
        ask("document.querySelector('#filters select').selectedIndex = 1; document.querySelector('#filters select').dispatchEvent(new Event('change', {bubbles: true}))")
        check("a document can be chosen", ask("document.querySelectorAll('.findings > li:not([hidden])').length") <= total)
        ask("document.querySelector('#filters [type=reset]').click()")

        subjects = "Array.from(document.querySelectorAll('#claims tbody tr')).map((r) => r.cells[0].textContent.toLowerCase())"
        check("claims are in order of subject", ask(f"(() => {{ const s = {subjects}; return s.every((v, i) => !i || s[i - 1].localeCompare(v, 'en', {{numeric: true}}) <= 1) }})()"))
        check("the order is said", ask("document.querySelector('#claims th').getAttribute('aria-sort')") == "ascending")
        ask("document.querySelector('#claims th button').click()")
        check("the order turns", ask("document.querySelector('#claims th').getAttribute('aria-sort')") == "descending")
        first, last = ask(f"(() => {{ const s = {subjects}; return [s[0], s[s.length - 1]] }})()")
        check("the claims turn", first > last, (first, last))
        ask("document.querySelectorAll('#claims th button')[4].click()")
        places = ask("Array.from(document.querySelectorAll('#claims tbody tr')).map((r) => Number(r.dataset.n))")
        check("places sort in order of the documents", places == sorted(places), places[:9])
        ask("document.querySelector('#sift [name=words]').value = 'brekke'; document.querySelector('#sift').dispatchEvent(new Event('input')); new Promise((done) => setTimeout(done, 300))")
        found = ask("Array.from(document.querySelectorAll('#claims tbody tr:not([hidden])')).map((r) => r.textContent.toLowerCase())")
        check("claims can be searched", 0 < len(found) < len(places) and all("brekke" in t for t in found), len(found))

        browser.open(page)
        ask("document.querySelector('.settled input').click()")
        browser.open(page)
        check("what is settled is remembered", ask("document.querySelector('.settled input').checked"))
        ask("document.querySelector('.settled input').click()")

        browser.open(page)
        browser.key("Tab", 9)
        check("the first stop skips to the findings", ask("document.activeElement.className") == "skip")
        stops, focusable = [], True
        for _ in range(14):
            browser.key("Tab", 9)
            stops.append(ask("document.activeElement.tagName + ' ' + (document.activeElement.name || document.activeElement.textContent.slice(0, 20))"))
            focusable = focusable and ask("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
        check("the keyboard reaches the filters", any("severity" in s for s in stops), stops)
        check("the focus is seen", focusable, stops)
        ask("document.querySelector('#claims th button').focus()")
        browser.key("Enter", 13, "\r")
        check("the keyboard sorts", ask("document.querySelector('#claims th').getAttribute('aria-sort')") == "descending")
        check("every control has a name", ask("Array.from(document.querySelectorAll('input, select, button')).every((c) => c.labels?.[0]?.textContent.trim() || c.getAttribute('aria-label') || c.textContent.trim())"))
        nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
        roles = [n["role"]["value"] for n in nodes if not n.get("ignored")]
        for role in ("banner", "navigation", "main", "contentinfo", "article", "table", "columnheader", "rowheader", "mark"):
            check(f"a screen reader finds: {role}", role in roles)
        unnamed = [n for n in nodes if not n.get("ignored") and n["role"]["value"] in ("region", "article", "form", "checkbox", "button", "link") and not n.get("name", {}).get("value")]
        check("what a screen reader finds has names", not unnamed, unnamed[:2])
        levels = ask("Array.from(document.querySelectorAll('h1,h2,h3')).map((h) => Number(h.tagName[1]))")
        check("headings go down step by step", levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:])), levels)

        for scheme in ("light", "dark"):
            browser.look(scheme)
            browser.open(page)
            check(f"contrast of {scheme}", not ask(CONTRAST), ask(CONTRAST))
        browser.look(width=360, height=740)
        browser.open(page)
        check("a narrow page does not scroll sideways", ask("document.documentElement.scrollWidth") <= 360, ask("document.documentElement.scrollWidth"))

        if shots:
            shots.mkdir(parents=True, exist_ok=True)
            for name, scheme, width in (("light", "light", 1200), ("dark", "dark", 1200), ("narrow", "light", 390)):
                browser.look(scheme, width)
                browser.open(page)
                browser.shot(shots / f"{name}.png")
            browser.look()
            browser.open(sheet)
            browser.shot(shots / "sheet.png")
            browser.open(page)
        pdf = browser.call("Page.printToPDF", printBackground=False)["data"]
        check("the page prints", len(pdf) > 10_000)
        if shots:
            (shots / "print.pdf").write_bytes(base64.b64decode(pdf))

        browser.look()
        browser.open(sheet)
        check("the fact sheet has boxes to tick", ask("document.querySelectorAll('.checked input').length") > 5)
        ask("document.querySelector('.checked input').click()")
        browser.open(sheet)
        check("ticks are remembered", ask("document.querySelector('.checked input').checked"))

        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(page)
        document = browser.call("DOM.getDocument", depth=-1)["root"]
        box = browser.call("DOM.querySelectorAll", nodeId=document["nodeId"], selector=".finding")["nodeIds"]
        check("without a script all findings are there", len(box) == total)
        hidden = browser.call("DOM.querySelector", nodeId=document["nodeId"], selector="#filters[hidden]")["nodeId"]
        check("without a script there are no dead filters", hidden != 0)
    finally:
        browser.close()


def main():
    program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "target/debug/recount").resolve()
    shots = pathlib.Path(sys.argv[sys.argv.index("--shots") + 1]).resolve() if "--shots" in sys.argv else None
    browser = find_browser()
    if browser is None:
        print("not run: no Chromium on this machine")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(program, browser, pathlib.Path(folder), shots)
    print(f"{len(FAILED)} failed" if FAILED else "all good")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
