#!/usr/bin/env python3
"""Writes what the real Helm makes of the rows of tests/functions/*.txt, or checks it.

    functions.py [--helm PATH] [--check | --all] [FAMILY...]

Without a mode, only rows that have no result yet are run. --all runs every row and writes it again; --check runs every row
and tells the differences. A row is a line that begins with `{{`; the line below it is the result, `= ` and the text or
`! ` and the error. How both are written is told in tests/functions/README.md, and done again in tests/functions.rs.
"""

import base64
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROWS = Path(__file__).resolve().parent.parent / "functions"
CHART = ROWS / "chart"
# Rows that share a process until one of them fails. Keys are slow to make, so their rows are rather alone.
BATCH = {"certificates": 6, "passwords": 10}
# `set` and `merge` change what they are given: every row has values of its own.
AROUND = (
    '{{{{ define "{name}" }}}}{row}{{{{ end }}}}{name}: {{{{ include "{name}" (dict "Values" (deepCopy .Values) "Chart" .Chart '
    '"Release" .Release "Files" .Files "Capabilities" .Capabilities "Template" .Template "Subcharts" .Subcharts) | b64enc }}}}\n'
)


def limit_memory():
    """A row that never ends must not take the machine with it."""
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))


class Helm:
    def __init__(self, path):
        self.path = path

    def template(self, files):
        """The output of a chart with these templates, and Helm's error."""
        with tempfile.TemporaryDirectory() as folder:
            chart = Path(folder) / "f"
            shutil.copytree(CHART, chart)
            for name, text in files.items():
                (chart / "templates" / f"{name}.yaml").write_text(text)
            run = subprocess.run(
                [self.path, "template", "r", str(chart)],
                capture_output=True,
                timeout=300,
                env={**os.environ, "TZ": "UTC", "HOME": folder},
                preexec_fn=limit_memory,
            )
        error = run.stderr.decode("utf-8", "replace")
        if run.returncode == 0:
            return run.stdout.decode("utf-8", "replace"), None
        at = error.find("Error: ")
        if at < 0:
            return None, "crash: " + error[:200]
        error = error[at + len("Error: ") :]
        return None, error.removesuffix("\n").removesuffix("Use --debug flag to render out invalid YAML").rstrip("\n")


def is_escaped(character):
    code = ord(character)
    return code < 0x20 or 0x7F <= code <= 0xA0 or code == 0xAD or 0x2000 <= code <= 0x206F or code == 0xFEFF


def shown(data):
    """A text on one line: as it is where that can be read, otherwise in quotes with escapes."""
    text = data.decode("utf-8", "surrogateescape")
    invalid = any(0xDC80 <= ord(c) <= 0xDCFF for c in text)
    plain = text and text == text.strip(" ") and not text.startswith('"') and not invalid
    if plain and not any(is_escaped(c) for c in text):
        return text
    parts = []
    for c in text:
        code = ord(c)
        if 0xDC80 <= code <= 0xDCFF:
            parts.append(f"\\x{code - 0xDC00:02x}")
        elif c in '"\\':
            parts.append("\\" + c)
        elif c == "\n":
            parts.append("\\n")
        elif c == "\t":
            parts.append("\\t")
        elif is_escaped(c):
            parts.append(f"\\u{{{code:x}}}")
        else:
            parts.append(c)
    return '"' + "".join(parts) + '"'


def short(error, name):
    """An error without what is the same in every row."""
    error = error.replace(f"f/templates/{name}.yaml", "row")
    error = error.replace('\n  executing "row"', "").replace(': executing "row"', "").replace(":\n    ", ": ")
    return shown(error.encode())


def run(helm, rows):
    """The results of rows in their order."""
    names = {f"row{index:05}": row for index, row in enumerate(rows)}
    results = {}
    waiting = dict(names)
    # First as they are, for the errors, one after the other ...
    while waiting:
        _, error = helm.template(waiting)
        if error is None or error.startswith("YAML parse error"):
            break
        found = re.search(r"f/templates/(row\d+)\.yaml", error)
        if not found:
            if len(waiting) == 1:
                (name,) = waiting
                results[name] = "! " + shown(error.encode())
                waiting = {}
                break
            names_left = list(waiting)
            half = len(names_left) // 2
            for part in (names_left[:half], names_left[half:]):
                for name, result in zip(part, run(helm, [waiting[n] for n in part])):
                    results[name] = result
            return [results[name] for name in names]
        name = found.group(1)
        results[name] = "! " + short(error, name)
        del waiting[name]
    # ... then the texts of all that are left, in one.
    if waiting:
        output, error = helm.template({name: AROUND.format(name=name, row=row) for name, row in waiting.items()})
        if error is not None:
            raise SystemExit(f"fails only inside include: {error}")
        for name, text in re.findall(r"^(row\d+): ?([A-Za-z0-9+/=]*)$", output, re.MULTILINE):
            results[name] = ("= " + shown(base64.b64decode(text))).rstrip()
    return [results[name] for name in names]


def read(path):
    """The lines of a family, and for every row its line and result."""
    lines = path.read_text().split("\n")
    rows = []
    for index, line in enumerate(lines):
        if line.startswith("{{"):
            below = lines[index + 1] if index + 1 < len(lines) else ""
            rows.append((index, line, below if below[:1] in ("=", "!") else None))
    return lines, rows


def main():
    arguments = sys.argv[1:]
    helm = "helm"
    if "--helm" in arguments:
        at = arguments.index("--helm")
        helm = arguments[at + 1]
        del arguments[at : at + 2]
    check, everything = "--check" in arguments, "--all" in arguments
    families = [name for name in arguments if not name.startswith("--")]
    different = 0
    for path in sorted(ROWS.glob("*.txt")):
        if families and path.stem not in families:
            continue
        lines, rows = read(path)
        chosen = [row for row in rows if check or everything or row[2] is None]
        size = BATCH.get(path.stem, 40)
        batches = [chosen[at : at + size] for at in range(0, len(chosen), size)]
        with ThreadPoolExecutor(3) as pool:
            results = list(pool.map(lambda batch: run(Helm(helm), [row for _, row, _ in batch]), batches))
        fresh = dict(zip((line for line, _, _ in chosen), (result for batch in results for result in batch)))
        wrong = [(row, old, fresh[line]) for line, row, old in chosen if old is not None and old != fresh[line]]
        print(f"{path.stem}: {len(rows)} rows, {len(chosen)} run, {len(wrong)} different")
        if check:
            different += len(wrong)
            for row, old, new in wrong:
                print(f"  {row}\n  - {old}\n  + {new}")
            continue
        written, results_of = [], {line for line, _, old in rows if old is not None}
        for index, line in enumerate(lines):
            if index - 1 in results_of and index - 1 in fresh:
                continue
            written.append(line)
            if index in fresh:
                written.append(fresh[index])
        path.write_text("\n".join(written))
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
