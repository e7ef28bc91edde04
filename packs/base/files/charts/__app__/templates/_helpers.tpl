{{/* The name of every object: service.name, else the release's, which is the app's. 50 characters leave room for a revision. */}}
{{- define "landfall.fullname" -}}
{{- $name := .Values.service.name -}}
{{- if not $name -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- $name = .Release.Name -}}
{{- else -}}
{{- $name = printf "%s-%s" .Release.Name .Chart.Name -}}
{{- end -}}
{{- end -}}
{{- $name | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{- define "landfall.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "landfall.labels" -}}
{{ include "landfall.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The digest names the content, so it comes before the tag. */}}
{{- define "landfall.image" -}}
{{- $repository := .Values.image.repository | default .Chart.Name -}}
{{- if .Values.image.name -}}
{{ .Values.image.name }}
{{- else if .Values.image.digest -}}
{{ $repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ $repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- define "landfall.environment" -}}
{{- with .Values.env }}
env:
  {{- range $name, $value := . }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- with .Values.envFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* One handler, without periods: type, path and port of a probe of a Knative Service. */}}
{{- define "landfall.probeHandler" -}}
{{- if eq .type "grpc" -}}
grpc:
  port: {{ .port }}
{{- else if and (eq .type "http") .path -}}
httpGet:
  path: {{ .path }}
  port: {{ .port }}
{{- else -}}
tcpSocket:
  port: {{ .port }}
{{- end -}}
{{- end }}

{{/* Labels and annotations of the revision. No chart version: equal content has to give an equal revision. */}}
{{- define "landfall.revisionMetadata" -}}
labels:
  {{- include "landfall.selector" . | nindent 2 }}
{{- $annotations := dict -}}
{{- with .Values.knative.scaling -}}
{{- $keys := dict "minScale" "min-scale" "maxScale" "max-scale" "initialScale" "initial-scale" "metric" "metric" "target" "target" "targetUtilization" "target-utilization-percentage" "window" "window" "scaleDownDelay" "scale-down-delay" "podRetention" "scale-to-zero-pod-retention-period" "burstCapacity" "target-burst-capacity" -}}
{{- range $key, $annotation := $keys -}}
{{- $value := get $.Values.knative.scaling $key | toString -}}
{{- if $value -}}
{{- $_ := set $annotations (printf "autoscaling.knative.dev/%s" $annotation) $value -}}
{{- end -}}
{{- end -}}
{{- if ge (int .activationScale) 2 -}}
{{- $_ := set $annotations "autoscaling.knative.dev/activation-scale" (toString .activationScale) -}}
{{- end -}}
{{- end -}}
{{- with .Values.knative.progressDeadline -}}
{{- $_ := set $annotations "serving.knative.dev/progress-deadline" . -}}
{{- end -}}
{{- range $key, $value := .Values.knative.revisionAnnotations -}}
{{- $_ := set $annotations $key (toString $value) -}}
{{- end }}
{{- with $annotations }}
annotations:
  {{- range $key, $value := . }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* spec.template.spec of the Knative Service. */}}
{{- define "landfall.revisionSpec" -}}
{{- $knative := .Values.knative -}}
containerConcurrency: {{ $knative.containerConcurrency | int }}
timeoutSeconds: {{ $knative.timeoutSeconds | int }}
{{- with $knative.responseStartTimeoutSeconds }}
responseStartTimeoutSeconds: {{ . | int }}
{{- end }}
{{- with $knative.idleTimeoutSeconds }}
idleTimeoutSeconds: {{ . | int }}
{{- end }}
{{- with $knative.serviceAccountName }}
serviceAccountName: {{ . }}
{{- end }}
{{- with $knative.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - image: {{ include "landfall.image" . | quote }}
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    ports:
      - name: {{ .Values.service.protocol }}
        containerPort: {{ .Values.service.internalPort }}
    {{- with include "landfall.environment" . | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    readinessProbe:
      {{- include "landfall.probeHandler" (dict "type" $knative.readiness.type "path" ($knative.readiness.path | default .Values.probePath) "port" .Values.service.internalPort) | nindent 6 }}
      successThreshold: {{ $knative.readiness.successThreshold | int }}
    {{- if $knative.liveness.enabled }}
    livenessProbe:
      {{- include "landfall.probeHandler" (dict "type" $knative.readiness.type "path" ($knative.liveness.path | default .Values.probePath) "port" .Values.service.internalPort) | nindent 6 }}
    {{- end }}
    {{- with .Values.resources }}
    resources:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with $knative.securityContext }}
    securityContext:
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}

{{/* auto: a hash of the canonical template, so that equal content has an equal name in every environment. */}}
{{- define "landfall.revisionName" -}}
{{- $service := include "landfall.fullname" . -}}
{{- $wanted := .Values.knative.revisionName -}}
{{- if eq $wanted "auto" -}}
{{- $metadata := include "landfall.revisionMetadata" . | fromYaml -}}
{{- $spec := include "landfall.revisionSpec" . | fromYaml -}}
{{- printf "%s-%s" $service (dict "metadata" $metadata "spec" $spec | toJson | sha256sum | trunc 12) -}}
{{- else if hasPrefix (printf "%s-" $service) $wanted -}}
{{- $wanted -}}
{{- else if $wanted -}}
{{- printf "%s-%s" $service $wanted -}}
{{- end -}}
{{- end }}
