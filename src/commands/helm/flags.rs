//! The flags of Helm's commands, in groups as Helm shares them between commands.

use super::pflag::{Flag, Kind};

/// Where values come from.
pub(crate) const VALUES: &[Flag] = &[
    Flag::shown(
        "values",
        Kind::List,
        "FILE",
        "Values from a YAML file (repeatable, also separated by commas; - is standard input)",
    )
    .short('f'),
    Flag::shown(
        "set",
        Kind::Each,
        "KEY=VALUE",
        "Set values: key1=val1,key2=val2 (repeatable)",
    ),
    Flag::shown(
        "set-string",
        Kind::Each,
        "KEY=VALUE",
        "Set values that are always text (repeatable)",
    ),
    Flag::shown(
        "set-file",
        Kind::Each,
        "KEY=PATH",
        "Set values to the contents of files: key1=path1 (repeatable)",
    ),
    Flag::shown(
        "set-json",
        Kind::Each,
        "KEY=JSON",
        "Set values to JSON: key1=json1, or one JSON object (repeatable)",
    ),
    Flag::shown(
        "set-literal",
        Kind::Each,
        "KEY=TEXT",
        "Set a value to the rest of the flag as it is (repeatable)",
    ),
];

/// `template` alone.
pub(crate) const TEMPLATE: &[Flag] = &[
    Flag::shown(
        "kube-version",
        Kind::Text,
        "VERSION",
        "Kubernetes version that the chart sees",
    ),
    Flag::shown(
        "api-versions",
        Kind::List,
        "VERSION",
        "API versions that the chart sees besides the usual ones (repeatable, also separated by commas)",
    )
    .short('a'),
    Flag::shown(
        "is-upgrade",
        Kind::Bool,
        "",
        "Tell the chart that it is an upgrade",
    ),
    Flag::shown(
        "show-only",
        Kind::Each,
        "PATH",
        "Show only the documents of these templates (repeatable)",
    )
    .short('s'),
    Flag::shown(
        "output-dir",
        Kind::Text,
        "DIR",
        "Write files into this folder instead of standard output",
    ),
    Flag::shown(
        "release-name",
        Kind::Bool,
        "",
        "Put the release's name into the path of --output-dir",
    ),
    Flag::shown(
        "include-crds",
        Kind::Bool,
        "",
        "Print the chart's custom resource definitions too",
    ),
    Flag::shown("skip-tests", Kind::Bool, "", "Leave tests out"),
    Flag::shown(
        "dry-run",
        Kind::TextOr("unset"),
        "client|server",
        "With server, refuse documents whose API version the Kubernetes of --kube-version does not serve",
    ),
    Flag::hidden("validate", Kind::Bool).deprecated("use '--dry-run=server' instead"),
    Flag::hidden("post-renderer", Kind::Plugin),
    Flag::hidden("post-renderer-args", Kind::Each),
];

/// Helm's `install` and `template`.
pub(crate) const INSTALL: &[Flag] = &[
    Flag::shown("no-hooks", Kind::Bool, "", "Leave hooks out"),
    Flag::shown(
        "skip-schema-validation",
        Kind::Bool,
        "",
        "Do not check values against values.schema.json",
    ),
    Flag::shown(
        "name-template",
        Kind::Text,
        "TEMPLATE",
        "A template for the name of the release",
    ),
    Flag::shown(
        "generate-name",
        Kind::Bool,
        "",
        "Accepted as in helm, where it changes nothing for template",
    )
    .short('g'),
    Flag::hidden("atomic", Kind::Bool).deprecated("use --rollback-on-failure instead"),
    Flag::hidden("create-namespace", Kind::Bool),
    Flag::shown(
        "dependency-update",
        Kind::Bool,
        "",
        "Fetch dependencies that charts/ lacks first, as dependency update does",
    ),
    Flag::hidden("description", Kind::Text),
    Flag::shown(
        "devel",
        Kind::Bool,
        "",
        "Take prereleases too, unless --version says something",
    ),
    Flag::hidden("disable-openapi-validation", Kind::Bool),
    Flag::hidden("enable-dns", Kind::Bool),
    Flag::hidden("force", Kind::Bool).deprecated("use --force-replace instead"),
    Flag::hidden("force-conflicts", Kind::Bool),
    Flag::hidden("force-replace", Kind::Bool),
    Flag::hidden("hide-notes", Kind::Bool)
        .deprecated("this flag has no effect for 'helm template' and will be removed in Helm 5"),
    Flag::hidden("labels", Kind::Pairs).short('l'),
    Flag::hidden("render-subchart-notes", Kind::Bool)
        .deprecated("this flag has no effect for 'helm template' and will be removed in Helm 5"),
    Flag::hidden("replace", Kind::Bool),
    Flag::hidden("rollback-on-failure", Kind::Bool),
    Flag::hidden("server-side", Kind::Bool),
    Flag::hidden("skip-crds", Kind::Bool),
    Flag::hidden("take-ownership", Kind::Bool),
    Flag::hidden("timeout", Kind::Duration),
    Flag::hidden("wait", Kind::Wait),
    Flag::hidden("wait-for-jobs", Kind::Bool),
];

/// Where a chart comes from.
pub(crate) const CHART_PATH: &[Flag] = &[
    Flag::shown(
        "version",
        Kind::Text,
        "VERSION",
        "Version of a chart from a repository, or a constraint [default: the highest]",
    ),
    Flag::shown(
        "repo",
        Kind::Text,
        "URL",
        "The repository that has the chart",
    ),
    Flag::shown(
        "username",
        Kind::Text,
        "NAME",
        "Name for the repository or registry",
    ),
    Flag::shown(
        "password",
        Kind::Text,
        "PASSWORD",
        "Password for the repository or registry",
    ),
    Flag::shown(
        "pass-credentials",
        Kind::Bool,
        "",
        "Give name and password to other servers that the repository names, too",
    ),
    Flag::shown(
        "ca-file",
        Kind::Text,
        "FILE",
        "Certificates to trust instead of the system's",
    ),
    Flag::shown(
        "cert-file",
        Kind::Text,
        "FILE",
        "Certificate to show to the server",
    ),
    Flag::shown("key-file", Kind::Text, "FILE", "Key of --cert-file"),
    Flag::shown(
        "insecure-skip-tls-verify",
        Kind::Bool,
        "",
        "Do not check the server's certificate",
    ),
    Flag::shown("plain-http", Kind::Bool, "", "Speak http with the registry"),
    Flag::shown(
        "verify",
        Kind::Bool,
        "",
        "Refuse a chart that nobody of the keyring signed",
    ),
    Flag::shown(
        "keyring",
        Kind::Text,
        "FILE",
        "The public keys for --verify [default: pubring.gpg of gpg, else pubring.kbx]",
    ),
];

/// `lint` alone; the last two are ours.
pub(crate) const LINT: &[Flag] = &[
    Flag::shown("strict", Kind::Bool, "", "Fail on warnings too"),
    Flag::shown(
        "with-subcharts",
        Kind::Bool,
        "",
        "Check the charts of charts/ too",
    ),
    // The global --quiet has the same name and meaning, and is the one that help shows.
    Flag::hidden("quiet", Kind::Bool),
    Flag::shown(
        "skip-schema-validation",
        Kind::Bool,
        "",
        "Do not check values against values.schema.json",
    ),
    Flag::shown(
        "kube-version",
        Kind::Text,
        "VERSION",
        "Kubernetes version that the chart sees, and that removed API versions are looked up for",
    ),
    Flag::shown("helm-only", Kind::Bool, "", "Say only what helm lint says"),
    Flag::shown(
        "output",
        Kind::Text,
        "text|json",
        "How findings are printed [default: text]",
    )
    .short('o'),
];

/// What every command of Helm takes.
pub(crate) const GLOBAL: &[Flag] = &[
    Flag::shown(
        "namespace",
        Kind::Text,
        "NAMESPACE",
        "Namespace of the release",
    )
    .short('n'),
    Flag::shown(
        "debug",
        Kind::Bool,
        "",
        "Say more, and print what was rendered even where it is no YAML",
    ),
    Flag::shown(
        "kubeconfig",
        Kind::Text,
        "FILE",
        "Where the namespace comes from when none is given",
    ),
    Flag::shown(
        "kube-context",
        Kind::Text,
        "NAME",
        "The context of the kubeconfig whose namespace is taken",
    ),
    Flag::hidden("burst-limit", Kind::Int),
    // The global --color has the same name and meaning, and is the one that help shows.
    Flag::hidden("color", Kind::Text),
    Flag::hidden("colour", Kind::Text),
    Flag::hidden("content-cache", Kind::Text),
    Flag::hidden("help", Kind::Bool).short('h'),
    Flag::hidden("kube-apiserver", Kind::Text),
    Flag::hidden("kube-as-group", Kind::Each),
    Flag::hidden("kube-as-user", Kind::Text),
    Flag::hidden("kube-ca-file", Kind::Text),
    Flag::hidden("kube-insecure-skip-tls-verify", Kind::Bool),
    Flag::hidden("kube-tls-server-name", Kind::Text),
    Flag::hidden("kube-token", Kind::Text),
    Flag::hidden("qps", Kind::Float),
    Flag::hidden("registry-config", Kind::Text),
    Flag::hidden("repository-cache", Kind::Text),
    Flag::hidden("repository-config", Kind::Text),
];

/// The logging library's flags, which Helm takes and does not show.
pub(crate) const LOGGING: &[Flag] = &[
    Flag::hidden("add-dir-header", Kind::Bool),
    Flag::hidden("alsologtostderr", Kind::Bool),
    Flag::hidden("alsologtostderrthreshold", Kind::Text),
    Flag::hidden("legacy-stderr-threshold-behavior", Kind::Bool),
    Flag::hidden("log-backtrace-at", Kind::Text),
    Flag::hidden("log-dir", Kind::Text),
    Flag::hidden("log-file", Kind::Text),
    Flag::hidden("log-file-max-size", Kind::Text),
    Flag::hidden("logtostderr", Kind::Bool),
    Flag::hidden("one-output", Kind::Bool),
    Flag::hidden("skip-headers", Kind::Bool),
    Flag::hidden("skip-log-headers", Kind::Bool),
    Flag::hidden("stderrthreshold", Kind::Text),
    Flag::hidden("v", Kind::Int).short('v'),
    Flag::hidden("vmodule", Kind::Text),
];
