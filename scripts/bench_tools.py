"""Measure how quickly the tools answer a hand on a phone whose processor is four times as slow as this one.

Each tool is walked through as a reader does, at 360 pixels, and each step counts as its best round: other programs
make a step slower, never faster. What a tap or a key took is what Event Timing says, from the touch to the next frame,
or the longest animation frame that came of it, whichever is more: a step with an address of its own is drawn only after
the frame of its click. That counts the waiting for other programs too; so, beside it, the processor's time of the main
thread for the longest frame, from what led to it to its commit, traced at full speed and multiplied.
``bench_tools.py [--rounds N] [--only 名字,…] [--each]``
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Locator, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from search_peers.outcome import percentile
from serve import Handler

PROJECT = Path(__file__).resolve().parent.parent
SLOWER = 4
SHORTEST = 16  # milliseconds; Event Timing tells nothing of what is shorter
AIM = 50
# Milliseconds that a finger stays down in a tap: at none, the work of its coming would count as that of its going.
PRESSED = 80
THREE = ("p50", "p95", "最大")
MARKS = ("kb-begin", "kb-end")  # of each step, in the trace
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
PHONE = {"width": 360, "height": 640}
# Lighthouse's scale of a processor (docs/throttling.md there): how often a second a text of 10,000 letters is put
# together and 100,000 numbers are copied, each divided by ten, and their mean. Its four times are meant for a desktop
# of 1,500 to 2,000, to come to a phone of the middle, 125 to 800.
POWER = """
() => {
  const often = (work) => {
    const begin = performance.now();
    let count = 0;
    for (; count % 10 || performance.now() - begin < 500; count += 1) work(count);
    return count / 10 / ((performance.now() - begin) / 1000);
  };
  const lists = [0, 1].map(() => Array.from({ length: 100000 }, (_, at) => at));
  const write = () => {
    let text = '';
    for (let left = 10000; left; left -= 1) text += 'a';
    return text.length;
  };
  const copy = (count) => {
    const [from, to] = [lists[count % 2], lists[1 - (count % 2)]];
    for (let at = 0; at < from.length; at += 1) to[at] = from[at];
  };
  return (often(write) + often(copy)) / 2;
}
"""
WATCH = f"""
let took = [];
const note = (list) => list.getEntries().forEach((each) => took.push(each));
window.kbTook = async () => {{
  const frame = () => new Promise(requestAnimationFrame);
  do for (let left = 3; left; left -= 1) await frame();
  while (document.querySelector('[aria-busy]'));
  await new Promise(requestIdleCallback);
  const known = took.filter(({{ name, interactionId }}) => interactionId || name === 'long-animation-frame');
  took = [];
  return known.map(({{ duration }}) => duration);
}};
new PerformanceObserver(note).observe({{ type: 'event', durationThreshold: {SHORTEST} }});
new PerformanceObserver(note).observe({{ type: 'long-animation-frame' }});
"""


@dataclass
class Hand:
    """A hand on a page, and what it had to wait for: milliseconds of every tap and key, and what it was."""

    page: Page
    session: CDPSession
    took: list[tuple[float, str]] = field(default_factory=list)

    def find(self, selector: str) -> Locator:
        """Return the first part of the tool that a selector finds, in sight."""
        part = self.page.locator(f"#kb-tool {selector}").locator("visible=true").first
        part.scroll_into_view_if_needed()
        self.frames()  # what came into sight is laid out only now, and may have moved the part
        return part

    def tap(self, selector: str) -> None:
        """Tap on the middle of a part, as long as a finger does."""
        box = self.find(selector).bounding_box()
        spot = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self.measure(selector, lambda: self.touch([spot]))

    def touch(self, spots: list[dict[str, float]]) -> None:
        """Put a finger down on the page and take it up again."""
        self.session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": spots})
        self.page.wait_for_timeout(PRESSED)
        self.session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def type(self, selector: str, text: str) -> None:
        """Write into a field, each character a measure of its own."""
        part = self.find(selector)
        part.focus()
        part.evaluate("each => each.scrollIntoView({ block: 'center' })")  # as a phone does, above its keyboard
        self.frames()
        for letter in text:
            self.measure(selector, lambda letter=letter: self.page.keyboard.press(letter))

    def choose(self, selector: str, value: str) -> None:
        """Choose in a list. What a list does is its own window's; the measure is what follows of it."""
        part = self.find(selector)
        self.measure(selector, lambda: part.select_option(value))

    def measure(self, what: str, act: Callable[[], None]) -> None:
        """Do something and note what it took."""
        begin, end = (f"performance.mark('{mark}')" for mark in MARKS)
        self.page.evaluate(begin)
        act()
        self.took.append((max([SHORTEST, *self.frames()]), what))
        self.page.evaluate(end)

    def frames(self) -> list[float]:
        """Wait until the page is at rest; return the milliseconds of what was shown since the last call."""
        asked = {"expression": "kbTook()", "awaitPromise": True, "returnByValue": True}
        return self.session.send("Runtime.evaluate", asked)["result"]["value"]


def triage(hand: Hand) -> None:
    """To an outcome, back to a question, to another."""
    for text in ("抖店商家", "后天或更晚到期", "收到罚单", "发货、缺货", "发货超时"):
        hand.tap(f".kb-answers a:has-text('{text}')")
    hand.tap(".kb-given li:last-child a")
    hand.tap(".kb-answers li:last-child a")
    hand.tap(".kb-again")


def assessment(hand: Hand) -> None:
    """Every first question of every factor, the result, an amount."""
    for _ in range(8):
        hand.tap("input[value=bad]")
        hand.tap("input[value=unclear]")
        hand.tap(".kb-main")
    hand.tap(".kb-open[aria-expanded=false]")
    hand.type("input[type=text]", "2000")
    hand.tap("button:has-text('照这个数算')")


def deadlines(hand: Hand) -> None:
    """Two events, one of them wrong at first, and one taken out again."""
    hand.choose("select", "notice")
    hand.choose("select >> nth=1", "fake-transactions")
    hand.type("input >> nth=0", "2026-11-25")
    hand.type("input >> nth=1", "25:00")
    hand.tap(".kb-main")
    hand.type("input >> nth=1", "")
    hand.find("input >> nth=1").fill("10:30")
    hand.tap(".kb-main")
    hand.choose("select", "intervention")
    hand.type("input >> nth=0", "2026-11-25")
    hand.type("input >> nth=1", "9:00")
    hand.tap(".kb-main")
    hand.tap(".kb-noted button")


def evidence(hand: Hand) -> None:
    """The longest list there is, marked, noted and added to."""
    longest = "disputes => disputes.sort((one, other) => other[2].length - one[2].length)[0][0]"
    slug = hand.page.evaluate(f"({longest})(JSON.parse(document.getElementById('kb-data').textContent).kinds)")
    hand.tap(f"input[value='{slug}']")
    hand.tap(".kb-main")
    for at in range(hand.page.locator("#kb-tool .kb-ground input").count()):
        hand.tap(f".kb-ground input >> nth={at}")
    hand.tap(".kb-main")
    for at in range(4):
        hand.tap(f".kb-item:not(:has(input:checked)) input[value={('yes', 'no')[at % 2]}]")
    hand.tap(".kb-item .kb-more:last-of-type summary")
    hand.type("textarea", "note 1")
    hand.type(".kb-add input", "video")
    hand.tap(".kb-add button")
    hand.tap("button:has-text('改申诉原因')")


def letter(hand: Hand) -> None:
    """The longest letter: chosen, some of it filled in, checked."""
    hand.tap("input[value='statement-of-claim']")
    hand.tap(".kb-field >> nth=1 >> input")
    hand.tap(".kb-main")
    hand.type("[data-field] >> nth=0", "shop 12")
    hand.type("[data-field=facts]", "facts here")
    hand.type("input[inputmode=decimal]", "2000.5")
    hand.tap("button:has-text('填今天')")
    hand.tap("button:text-is('核对')")
    hand.tap(".kb-answers button")


def costs(hand: Hand) -> None:
    """An amount, the sum, and the sum following what is changed."""
    hand.tap(".kb-main")
    hand.type("input >> nth=0", "20000")
    hand.tap(".kb-main")
    for at in range(4):
        hand.tap(f".kb-choice input >> nth={at}")
    hand.type("input[type=text] >> nth=1", "3000")


WALKS: dict[str, Callable[[Hand], None]] = {
    walk.__name__: walk for walk in (triage, assessment, deadlines, evidence, letter, costs)
}


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench_tools.py", description=f"工具的每次操作要等多久，放慢 {SLOWER} 倍")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="每个工具走几遍")
    parser.add_argument(
        "--only", default=",".join(WALKS), metavar="名字", help=f"只量这几个，用逗号隔开：{','.join(WALKS)}"
    )
    parser.add_argument("--each", action="store_true", help="每一步也各写一行")
    options = parser.parse_args(argv)
    unknown = [name for name in options.only.split(",") if name not in WALKS]
    wrong = f"没有工具 {unknown[0]}；有 {'、'.join(WALKS)}" if unknown else ""
    if options.rounds < 1 or not (PROJECT / "site/tools").is_dir():
        wrong = wrong or "先运行 make site；--rounds 至少是 1"
    if wrong:
        print(f"bench_tools.py：{wrong}", file=sys.stderr)
        return 2
    try:
        bench(options.only.split(","), options.rounds, options.each)
    except BrowserError as error:
        print(f"bench_tools.py：{error}", file=sys.stderr)
        return 2
    return 0


def bench(names: list[str], rounds: int, listed: bool) -> None:
    """Walk each tool and print a table; ``listed`` adds a line for every step."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(PROJECT / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    over = f"超过 {AIM}"
    heads = ["工具", "操作", *THREE, over, *(f"一帧 {each}" for each in THREE), over, "最慢的操作"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        powers = [power(browser)]
        for name in names:
            steps = best(browser, f"http://127.0.0.1:{server.server_port}/tools/{name}/", name, rounds)
            lines = [f"  {took:.0f} {frame:.0f} {what}" for took, frame, what in steps if listed]
            print("\n".join([row(name, steps), *lines]), flush=True)
            powers.append(power(browser))
        browser.close()
    slowed = percentile(powers, 50) / SLOWER
    print(f"机器的 BenchmarkIndex {min(powers):.0f}–{max(powers):.0f}，放慢以后约 {slowed:.0f}")
    server.shutdown()
    server.server_close()


def power(browser: Browser) -> float:
    """Return how fast the browser's processor is now, unslowed, on Lighthouse's scale."""
    page = browser.new_page()
    page.evaluate(POWER)  # once to warm up
    index = page.evaluate(POWER)
    page.close()
    return index


def best(browser: Browser, url: str, name: str, rounds: int) -> list[tuple[float, float, str]]:
    """Return for each step what it took slowed down, its longest frame multiplied, and what it was: the best rounds."""
    slow = [walked(browser, url, name, SLOWER).took for _ in range(rounds)]
    full = [traced(browser, url, name) for _ in range(rounds)]
    took = [min(each) for each in zip(*slow, strict=True)]
    frames = [min(each) * SLOWER for each in zip(*full, strict=True)]
    return [(milliseconds, frame, what) for (milliseconds, what), frame in zip(took, frames, strict=True)]


def walked(browser: Browser, url: str, name: str, rate: int) -> Hand:
    """Open a tool afresh, walk through it so many times slower, and return the hand that did."""
    context = browser.new_context(
        viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    hand = Hand(page, session)
    hand.frames()
    WALKS[name](hand)
    context.close()
    return hand


def traced(browser: Browser, url: str, name: str) -> list[float]:
    """Walk through a tool at full speed; return for each step the processor's milliseconds of its longest frame."""
    browser.start_tracing(categories=TRACED)
    walked(browser, url, name, 1)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    threads = {(each["pid"], each["tid"]) for each in events if each["name"] in MARKS}
    mine = [each for each in events if (each["pid"], each["tid"]) in threads]
    commits = starts(mine, "Commit")
    whole = [each for each in mine if each["name"] == "RunTask" and "tdur" in each]
    tasks = [(each["ts"], each["dur"], each["tdur"] / 1000) for each in whole]
    steps = zip(*(starts(mine, mark) for mark in MARKS), strict=True)
    return [longest(sorted(task for task in tasks if begin < task[0] < end), commits) for begin, end in steps]


def starts(events: list[dict], name: str) -> list[int]:
    """Return when the events of one name began, in their order."""
    return sorted(each["ts"] for each in events if each["name"] == name)


def longest(tasks: list[tuple[float, float, float]], commits: list[float]) -> float:
    """Return the most that tasks (start, length, processor's milliseconds) take together up to a commit."""
    frames = [0.0]
    for start, length, milliseconds in tasks:
        frames[-1] += milliseconds
        if any(start <= commit <= start + length for commit in commits):
            frames.append(0.0)
    return max(frames)


def row(name: str, steps: list[tuple[float, float, str]]) -> str:
    """Return the line of one tool."""
    columns = [[step[at] for step in steps] for at in range(2)]
    cells = [name, len(steps)]
    for column in columns:
        cells += [*three(column), sum(each > AIM for each in column)]
    return f"| {' | '.join(map(str, [*cells, max(steps)[2]]))} |"


def three(times: list[float]) -> tuple[str, str, str]:
    """Return the median, the 95th percentile and the largest of some milliseconds."""
    return (*(f"{percentile(times, each):.0f}" for each in (50, 95)), f"{max(times):.0f}")


if __name__ == "__main__":
    raise SystemExit(main())
