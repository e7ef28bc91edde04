//! Tekton v1 as data: model, admission, substitution, graph and statuses. Runs nothing.
