"""One visit by Lighthouse (its own mobile preset, a fresh Chromium every time) and what its report says."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from .install import Home, run
from .quota import CHROMIUM

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
OPTIONS = ("--quiet", "--output=json", "--no-enable-error-reporting", f"--only-categories={','.join(CATEGORIES)}")
CHROMIUM_OPTIONS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update"


@dataclass(frozen=True)
class Visit:
    """Figures of a first view: bytes and requests on the wire, milliseconds, the shift of the layout, scores to 100.

    ``machine`` is Lighthouse's own measure of how fast the processor was just then (its ``benchmarkIndex``). The times
    are those of this processor slowed down four times, so only visits with a like measure can be compared.
    """

    bytes: float
    requests: float
    fcp: float
    lcp: float
    tbt: float
    cls: float
    performance: float
    accessibility: float
    practices: float
    seo: float
    machine: float
    faults: tuple[str, ...] = ()  # audits that cost points

    @property
    def scores(self) -> tuple[float, ...]:
        """The four scores, in the order of ``CATEGORIES``."""
        return (self.performance, self.accessibility, self.practices, self.seo)


def visit(home: Home, url: str) -> Visit:
    """Open ``url`` as somebody who was never there; BenchError where Lighthouse fails."""
    os.environ["CHROME_PATH"] = CHROMIUM
    program = home.packages / "node_modules/lighthouse/cli/index.js"
    command = [home.node(), str(program), url, *OPTIONS, f"--chrome-flags={CHROMIUM_OPTIONS}"]
    return read(json.loads(run(command, home.root, "lighthouse")))


def read(report: dict) -> Visit:
    """Return the figures of a report."""
    audits = report["audits"]
    sent = [size for each in audits["network-requests"]["details"]["items"] if (size := each.get("transferSize"))]
    times = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    scores = [round((report["categories"][name]["score"] or 0) * 100) for name in CATEGORIES]
    return Visit(
        sum(sent),
        len(sent),
        *(audits[name]["numericValue"] for name in times),
        *scores,
        report["environment"]["benchmarkIndex"],
        tuple(_faults(report)),
    )


def median(visits: Iterable[Visit]) -> Visit:
    """Return the median of every figure, and every fault that was found."""
    visits = list(visits)
    names = [field.name for field in fields(Visit) if field.name != "faults"]
    found = tuple(sorted({fault for each in visits for fault in each.faults}))
    return Visit(*(statistics.median(getattr(each, name) for each in visits) for name in names), found)


def _faults(report: dict) -> Iterable[str]:
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            score = report["audits"][part["id"]]["score"]
            if part["weight"] and score is not None and score < 0.9:
                yield part["id"]


def version(home: Home) -> str:
    """Return the version that is installed."""
    return json.loads(Path(home.packages / "node_modules/lighthouse/package.json").read_text("utf-8"))["version"]
