{{ define "greeting" }}Hello {{ . }}!{{ end }}
{{ define "fails" }}{{ fail "from inside" }}{{ end }}
{{ define "missing-field" }}{{ .none.x }}{{ end }}
