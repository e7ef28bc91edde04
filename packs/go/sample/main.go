// A web server of the standard library alone: GET / greets, GET /work?ms=300 takes its time.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"
)

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/work", func(w http.ResponseWriter, r *http.Request) {
		ms, _ := strconv.Atoi(r.URL.Query().Get("ms"))
		time.Sleep(time.Duration(min(ms, 10_000)) * time.Millisecond)
		fmt.Fprintf(w, "worked %d ms\n", ms)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		version := os.Getenv("VERSION")
		if version == "" {
			version = "dev"
		}
		fmt.Fprintf(w, "Hello from %s, process %d\n", version, os.Getpid())
	})
	return mux
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Printf("listening on %s", port)
	log.Fatal(http.ListenAndServe(":"+port, handler()))
}
