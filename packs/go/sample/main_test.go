package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheRootGreets(t *testing.T) {
	recorder := httptest.NewRecorder()
	handler().ServeHTTP(recorder, httptest.NewRequest("GET", "/", nil))
	if !strings.HasPrefix(recorder.Body.String(), "Hello") {
		t.Fatalf("got %q", recorder.Body)
	}
}
