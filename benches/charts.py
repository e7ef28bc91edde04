"""The charts that benches/compare renders with landfall and with helm: generated, so that two machines measure the same."""

import subprocess
import sys

DOCUMENT = """apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-%(name)s
  labels:
    {{- include "%(chart)s.labels" . | nindent 4 }}
data:
  {{- range $i, $e := until %(lines)d }}
  {{ printf "key-%%d" $i }}: {{ printf "%%s value %%d of %%s" $.Chart.Name $i ($.Values.text | default "none") | quote }}
  {{- end }}
  {{- with .Values.extra }}
  extra: |
    {{- toYaml . | nindent 4 }}
  {{- end }}
"""

HELPERS = """{{- define "%(chart)s.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | default .Chart.Version | quote }}
helm.sh/chart: {{ printf "%%s-%%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}
"""


def write(folder, name, templates, lines, dependencies=()):
    """A chart of so many templates, each a document of so many lines."""
    (folder / "templates").mkdir(parents=True)
    declared = "".join(f"  - {{name: {one}, version: 1.0.0}}\n" for one in dependencies)
    head = f"apiVersion: v2\nname: {name}\nversion: 1.0.0\nappVersion: 2.1.0\n"
    (folder / "Chart.yaml").write_text(head + (f"dependencies:\n{declared}" if declared else ""))
    (folder / "values.yaml").write_text("text: lorem ipsum\nextra:\n  list: [1, 2, 3]\n  map: {a: b, c: d}\n")
    (folder / "templates/_helpers.tpl").write_text(HELPERS % {"chart": name})
    for number in range(templates):
        text = DOCUMENT % {"name": f"{name}-{number}", "chart": name, "lines": lines}
        (folder / f"templates/doc{number:03}.yaml").write_text(text)
    return folder


def umbrella(folder, subcharts, templates, lines):
    """A chart with so many subcharts."""
    names = [f"sub{number:03}" for number in range(subcharts)]
    write(folder, "umbrella", 1, 5, names)
    for name in names:
        write(folder / "charts" / name, name, templates, lines)
    return folder


def rows(bench, helm):
    """One file; five subcharts with 5 MB of output; umbrellas of 10 to 200 subcharts. Each by both programs in turn, with their memory."""
    cases = [("a chart of one file", write(bench.folder / "one", "one", 1, 5))]
    cases.append(("five subcharts, 5 MB", umbrella(bench.folder / "five", 5, 20, 1000)))
    for count in (10, 50, 100, 200):
        cases.append((f"an umbrella of {count} subcharts", umbrella(bench.folder / f"umbrella{count}", count, 4, 20)))
    for name, chart in cases:
        ours, theirs = ([program, "template", "app", str(chart)] for program in (bench.landfall, helm))
        if bench.text(ours) != bench.text(theirs):
            sys.exit(f"{name}: landfall and helm print different documents: the times would not compare")
        landfall = bench.measure(f"`landfall template`, {name}", lambda _, command=ours: (command, {}))
        peer = bench.measure(f"`helm template`, {name}", lambda _, command=theirs: (command, {}))
        memory = [peak(bench, command) for command in (ours, theirs)]
        bench.notes.append(
            f"{name}: helm takes {peer / landfall:.1f} times as long; at most {memory[0]:.0f} MiB against {memory[1]:.0f} MiB.")


def peak(bench, command):
    """The most memory that a command has at once, in MiB."""
    measured = subprocess.run(
        [sys.executable, "-c", "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
         "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)", *command],
        cwd=bench.folder, env=bench.environment, capture_output=True, text=True, check=True)
    return int(measured.stdout) / 1024


def many(bench, charts):
    """All charts of a folder as one release each, in one call."""
    found = sorted(str(path.parent) for path in charts.glob("*/Chart.yaml"))
    if not found:
        sys.exit(f"{charts} has no folder with a Chart.yaml")
    bench.measure(f"`landfall render` of {len(found)} charts in one call", lambda _: ([bench.landfall, "render", *found], {}))
