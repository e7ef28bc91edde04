//go:build tools

// Package cluster pins the programs that the tests build: a real Kubernetes API server.
package cluster

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver/app"
)
