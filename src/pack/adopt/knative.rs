//! Knative Services as charts of 2019 have them, in the form that clusters take today.
//!
//! The text is moved and not written anew: comments, conditions and expressions stay. Source of the mapping: the v1 API of
//! knative/serving (docs/eventing aside), whose older forms were removed in Knative 0.19.

/// A template in today's form, with what was left for a person to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The text.
    pub text: String,
    /// Line and what is the matter there.
    pub left: Vec<(usize, String)>,
}

/// Whether a text holds a Knative Service in a form that no current Knative takes.
pub(super) fn is_old(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        old_api(line).is_some()
            || text.contains("serving.knative.dev/")
                && (line.starts_with("runLatest:") || line.starts_with("revisionTemplate:"))
    })
}

fn old_api(line: &str) -> Option<&str> {
    [
        "serving.knative.dev/v1alpha1",
        "serving.knative.dev/v1beta1",
    ]
    .into_iter()
    .find(|old| line.starts_with("apiVersion:") && line.contains(old))
}

/// Converts the Knative Services of a template; other objects in it stay as they are.
pub fn convert(text: &str) -> Converted {
    let mut left = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for document in documents(text) {
        if is_old(&document.concat()) {
            let first = lines.len() + 1;
            let mut document = Document {
                lines: document.iter().map(|line| (*line).to_owned()).collect(),
                first,
                left: Vec::new(),
            };
            document.convert();
            left.append(&mut document.left);
            lines.append(&mut document.lines);
        } else {
            lines.extend(document.iter().map(|line| (*line).to_owned()));
        }
    }
    Converted {
        text: lines.concat(),
        left,
    }
}

/// The lines of each document, `---` with the one behind it.
fn documents(text: &str) -> Vec<Vec<&str>> {
    let mut documents: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with("---") {
            documents.push(Vec::new());
        }
        if let Some(document) = documents.last_mut() {
            document.push(line);
        }
    }
    documents
}

/// One document in work. Lines keep their ends.
struct Document {
    lines: Vec<String>,
    /// The number of its first line in the converted text.
    first: usize,
    left: Vec<(usize, String)>,
}

impl Document {
    fn convert(&mut self) {
        // What has no place in the new form is not guessed at.
        for (key, why) in [
            (
                "release",
                "spec.release is spec.traffic now: name the revisions there",
            ),
            (
                "pinned",
                "spec.pinned is spec.traffic with a revisionName now",
            ),
            ("manual", "spec.manual is gone"),
            (
                "build",
                "Knative builds are gone; a Tekton pipeline builds the image",
            ),
        ] {
            if let Some(at) = self.find_key(key)
                && self
                    .above(at)
                    .is_some_and(|above| self.key(above) == Some("spec"))
                && self.above(at).and_then(|above| self.above(above)).is_none()
            {
                self.left.push((self.first + at, why.to_owned()));
            }
        }
        if !self.left.is_empty() {
            return;
        }
        self.lift_template();
        self.make_list();
        for line in &mut self.lines {
            *line = renamed(line);
        }
    }

    /// `runLatest: configuration: revisionTemplate:` becomes `template:`.
    fn lift_template(&mut self) {
        let (Some(outer), Some(inner)) = (
            self.find_key("runLatest"),
            self.find_key("revisionTemplate"),
        ) else {
            if let Some(at) = self.find_key("revisionTemplate") {
                self.lines[at] = self.lines[at].replacen("revisionTemplate:", "template:", 1);
            }
            return;
        };
        let Some(middle) = self
            .find_key("configuration")
            .filter(|at| (outer..inner).contains(at))
        else {
            self.left.push((
                self.first + outer,
                "no configuration: below runLatest:".to_owned(),
            ));
            return;
        };
        let to = indent(&self.lines[outer]);
        let by = indent(&self.lines[inner]).saturating_sub(to);
        let end = self.end_of(outer);
        for line in &mut self.lines[outer + 1..end] {
            *line = dedented(line, by);
        }
        self.lines[inner] = self.lines[inner].replacen("revisionTemplate:", "template:", 1);
        // Other keys of the configuration stand beside the template, which has them inside its spec now.
        for at in [middle, outer] {
            self.lines[at].clear();
        }
        self.lines.retain(|line| !line.is_empty());
        self.first_of_spec("concurrencyModel");
    }

    /// `concurrencyModel: Single` is `containerConcurrency: 1` in the same place.
    fn first_of_spec(&mut self, key: &str) {
        if let Some(at) = self.find_key(key) {
            let line = &self.lines[at];
            let value = line.split_once(':').map_or("", |(_, value)| value.trim());
            let number = match value.trim_matches(['"', '\'']) {
                "Single" => "1",
                "Multi" => "0",
                _ => {
                    self.left.push((
                        self.first + at,
                        "concurrencyModel is containerConcurrency now: 1 for Single, 0 for Multi"
                            .to_owned(),
                    ));
                    return;
                }
            };
            self.lines[at] = line
                .replacen("concurrencyModel", "containerConcurrency", 1)
                .replacen(value, number, 1);
        }
    }

    /// `container:` with one becomes `containers:` with a list of one.
    fn make_list(&mut self) {
        let Some(at) = self.find_key("container") else {
            return;
        };
        let depth = indent(&self.lines[at]);
        let end = self.end_of(at);
        let first = (at + 1..end).find(|at| {
            let line = &self.lines[*at];
            let text = line.trim();
            !text.is_empty() && !text.starts_with('#')
        });
        let first = match first {
            Some(first) if !self.lines[first].trim_start().starts_with("{{") => first,
            _ => {
                self.left.push((
                    self.first + at,
                    "container: is a list now, containers:, and its first line is none that a dash can stand before".to_owned(),
                ));
                return;
            }
        };
        self.lines[at] = self.lines[at].replacen("container:", "containers:", 1);
        let line = &self.lines[first];
        let spaces = indent(line);
        // Lines that are less than two deeper have no room for the dash.
        if spaces < depth + 2 {
            self.left.push((
                self.first + first,
                "one line of the container has no room for a dash".to_owned(),
            ));
            return;
        }
        self.lines[first] = [&" ".repeat(spaces - 2), "- ", line.trim_start_matches(' ')].concat();
    }

    /// The first line with this key.
    fn find_key(&self, key: &str) -> Option<usize> {
        (0..self.lines.len()).find(|at| self.key(*at) == Some(key))
    }

    /// The key of a line that begins a mapping entry.
    fn key(&self, at: usize) -> Option<&str> {
        let line = self.lines.get(at)?.trim_start();
        if line.starts_with("{{") || line.starts_with('#') {
            return None;
        }
        Some(line.split_once(':')?.0.trim_end())
    }

    /// The line of the key that a line stands below.
    fn above(&self, at: usize) -> Option<usize> {
        let depth = indent(self.lines.get(at)?);
        (0..at)
            .rev()
            .find(|above| self.key(*above).is_some() && indent(&self.lines[*above]) < depth)
    }

    /// Behind the last line of the value of a key: before the next key that is not deeper. Actions at any column belong to it.
    fn end_of(&self, at: usize) -> usize {
        let depth = indent(&self.lines[at]);
        let next = (at + 1..self.lines.len())
            .find(|at| self.key(*at).is_some() && indent(&self.lines[*at]) <= depth);
        next.unwrap_or(self.lines.len())
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A line moved to the left, and what `indent` and `nindent` in it move by as well.
fn dedented(line: &str, by: usize) -> String {
    let cut = indent(line).min(by);
    let mut moved = String::new();
    let mut rest = if cut == by { &line[cut..] } else { line };
    // An action at the first column is not part of the YAML, but what it prints is.
    while let Some(at) = rest.find("indent ") {
        let (before, behind) = rest.split_at(at + "indent ".len());
        let length = behind
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(behind.len());
        moved.push_str(before);
        match behind[..length].parse::<usize>() {
            Ok(spaces) => moved.push_str(&spaces.saturating_sub(by).to_string()),
            Err(_) => moved.push_str(&behind[..length]),
        }
        rest = &behind[length..];
    }
    moved + rest
}

/// The names that changed, wherever they stand.
fn renamed(line: &str) -> String {
    let mut line = match old_api(line.trim_start()) {
        Some(old) => line.replacen(old, "serving.knative.dev/v1", 1),
        None => line.to_owned(),
    };
    line = line.replace(
        "serving.knative.dev/visibility",
        "networking.knative.dev/visibility",
    );
    let group = "autoscaling.knative.dev/";
    if let Some(at) = line.find(group) {
        let from = at + group.len();
        let length = line[from..]
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(line.len() - from);
        let kebab: String = line[from..from + length]
            .chars()
            .flat_map(|c| {
                let dash = c.is_ascii_uppercase().then_some('-');
                dash.into_iter().chain([c.to_ascii_lowercase()])
            })
            .collect();
        line.replace_range(from..from + length, &kebab);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{convert, is_old};

    const OLD: &str = "\
{{- if .Values.knativeDeploy }}
apiVersion: serving.knative.dev/v1alpha1 # old
kind: Service
metadata:
{{- if .Values.service.name }}
  name: {{ .Values.service.name }}
{{- else }}
  name: {{ template \"fullname\" . }}
{{- end }}
  labels:
    chart: \"{{ .Chart.Name }}-{{ .Chart.Version | replace \"+\" \"_\" }}\"
spec:
  runLatest:
    configuration:
      revisionTemplate:
        metadata:
          annotations:
            autoscaling.knative.dev/minScale: \"0\"
        spec:
          # one
          container:
            image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"
            env:
{{- range $pkey, $pval := .Values.env }}
            - name: {{ $pkey }}
              value: {{ quote $pval }}
{{- end }}
            resources:
{{ toYaml .Values.resources | indent 14 }}
{{- end }}
";

    const NEW: &str = "\
{{- if .Values.knativeDeploy }}
apiVersion: serving.knative.dev/v1 # old
kind: Service
metadata:
{{- if .Values.service.name }}
  name: {{ .Values.service.name }}
{{- else }}
  name: {{ template \"fullname\" . }}
{{- end }}
  labels:
    chart: \"{{ .Chart.Name }}-{{ .Chart.Version | replace \"+\" \"_\" }}\"
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/min-scale: \"0\"
    spec:
      # one
      containers:
      - image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"
        env:
{{- range $pkey, $pval := .Values.env }}
        - name: {{ $pkey }}
          value: {{ quote $pval }}
{{- end }}
        resources:
{{ toYaml .Values.resources | indent 10 }}
{{- end }}
";

    #[test]
    fn a_service_of_2019_is_moved_into_the_form_of_today() {
        assert!(is_old(OLD) && !is_old(NEW));
        let converted = convert(OLD);
        assert_eq!(converted.text, NEW);
        assert_eq!(converted.left, []);
        assert_eq!(convert(NEW).text, NEW);
        let windows = OLD.replace('\n', "\r\n");
        assert_eq!(convert(&windows).text, NEW.replace('\n', "\r\n"));
    }

    #[test]
    fn other_documents_and_tokens_stay() {
        let other =
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  container: {{name}}\n  runLatest: x\n";
        let text = [other, "---\n", OLD].concat();
        assert_eq!(convert(&text).text, [other, "---\n", NEW].concat());
        assert_eq!(convert(other).text, other);
        let beta =
            "apiVersion: serving.knative.dev/v1beta1\nkind: Service\nspec:\n  template: {}\n";
        assert_eq!(convert(beta).text, beta.replace("v1beta1", "v1"));
    }

    #[test]
    fn what_has_no_place_today_is_left_and_said() {
        let release = "apiVersion: serving.knative.dev/v1alpha1\nkind: Service\nspec:\n  release:\n    revisions: [a, b]\n";
        let converted = convert(release);
        assert_eq!(converted.text, release);
        assert_eq!(converted.left.len(), 1);
        assert_eq!(converted.left[0].0, 4);
        let odd = OLD.replace(
            "            image:",
            "{{ with .Values.x }}\n            image:",
        );
        let converted = convert(&odd);
        assert!(converted.left[0].1.contains("dash"), "{converted:?}");
    }
}
