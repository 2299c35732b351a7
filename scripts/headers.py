"""The headers of the built site: what its pages may load and run, how long a file may be kept. Standard library only.

A page's inline scripts run only where their hash is in the policy, so the hashes are read from the built pages.
The same headers go into every page (``<meta>``, for hosts that send none), into ``_headers`` (Netlify, Cloudflare
Pages) and, from there, into ``headers.conf`` for nginx (``pack.py``) and to ``serve.py``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

FILE = "_headers"
NAME = "Content-Security-Policy"
# Data, not code: a browser does not run these, so they need no hash.
INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
NOT_RUN = re.compile(r"""\ssrc\s*=|\stype\s*=\s*["']?application/(?:ld\+)?json""", re.IGNORECASE)
# The scripts that may stand in a page, by fingerprint(): one that is not here came from somewhere else. Add it only
# after reading it.
KNOWN = {
    "22d7c26ec2a0": "overrides/main.html: scripts run, which addresses they may load from, what is laid out later",
    "4f5d8fb5174d": "overrides/partials/journey.html: the path of steps is folded",
    "1132878d1eed": "overrides/partials/header.html: light or dark",
}
CHARSET = re.compile(r"<meta charset=[^>]*>")
NOT_IN_META = ("frame-ancestors",)  # HTML forbids it there
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",  # and the hashes
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's style sheet draws its marks from data: addresses
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",  # the default policy makes addresses only
    "trusted-types": "default",
}
NOT_A_PAGE = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
FIXED = {  # deploy/nginx.conf says the same
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in ("camera", "geolocation", "microphone", "payment", "usb")),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEEP = "public, max-age=31536000, immutable"
LASTING = ("/assets/kb/*",)  # names with the hash of what is in them


def protected(html: str) -> str:
    """Return a page with the policy in it; with its own scripts alone, that is shorter."""
    meta = f'<meta http-equiv="{NAME}" content="{policy(hashes_of(html), meta=True)}">'
    return CHARSET.sub(lambda found: found[0] + meta, html, count=1)


def write(folder: Path, every: Iterable[str], lasting: tuple[str, ...] = ()) -> None:
    """Write ``_headers`` for pages with the hashes ``every``; ``lasting``: more places like LASTING."""
    (folder / FILE).write_text(listing({NAME: policy(every)} | FIXED, (*LASTING, *lasting)), "utf-8")


def scripts_of(html: str) -> list[str]:
    """Return each script that stands in a page itself and would run."""
    return [found["text"] for found in INLINE.finditer(html) if not NOT_RUN.search(found["attributes"])]


def hashes_of(html: str) -> list[str]:
    """Return each of these scripts as the policy names it."""
    digests = (hashlib.sha256(text.encode()).digest() for text in scripts_of(html))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def fingerprint(script: str) -> str:
    """Return a short name for what a script does, whatever page it stands in."""
    return hashlib.sha256(script.encode()).hexdigest()[:12]


def unknown(html: str, where: str) -> list[str]:
    """Return a line for each script of a page that is not ``KNOWN``; ``where`` is the page's place in the site."""
    return [
        f"site/{where}:1:1 网页里有一段没有登记的脚本「{script.strip()[:40]}」；"
        f"去掉它，或读过之后把 {name} 登记在 scripts/headers.py 的 KNOWN"
        for script in scripts_of(html)
        if (name := fingerprint(script)) not in KNOWN
    ]


def policy(hashes: Iterable[str], meta: bool = False) -> str:
    """Return the policy as one line; ``meta``: as it may stand in a page."""
    parts = {name: value for name, value in POLICY.items() if not (meta and name in NOT_IN_META)}
    parts["script-src"] = " ".join([parts["script-src"], *sorted(set(hashes))])
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def listing(headers: dict[str, str], lasting: tuple[str, ...]) -> str:
    """Return ``_headers``: for every file, then for those that never change."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    for place in lasting:
        lines += [place, f"  Cache-Control: {KEEP}"]
    return "\n".join([*lines, ""])


def read(folder: Path) -> dict[str, str]:
    """Return the headers of every file, as ``_headers`` in ``folder`` says; nothing where there is no such file."""
    file = folder / FILE
    block = file.read_text("utf-8").partition("/*\n")[2] if file.is_file() else ""
    lines = block.splitlines()
    own = lines[: next((at for at, line in enumerate(lines) if not line.startswith(" ")), len(lines))]
    return dict(line.strip().split(": ", 1) for line in own)


def nginx(headers: dict[str, str]) -> str:
    """Return the policies as variables of nginx: ``headers.conf``, for deploy/nginx.conf, which has ``FIXED`` itself.

    The whole policy is as long as a small script, so only pages get it; a script's own (it may be a worker's) is short.
    """
    policies = {"kb_policy": headers[NAME], "kb_file_policy": NOT_A_PAGE}
    return "".join(f'map "" ${name} {{ default "{value}"; }}\n' for name, value in policies.items())
