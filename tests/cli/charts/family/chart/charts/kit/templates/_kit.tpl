{{- define "kit.name" -}}kit of {{ .Chart.Name }}{{- end -}}
