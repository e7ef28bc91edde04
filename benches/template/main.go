// The deployment template in Go's own text/template: prints the output (-print), or the nanoseconds that one execution takes.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"text/template"
	"time"
)

const rounds = 20000

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	source, err := os.ReadFile(os.Args[1])
	check(err)
	text, err := os.ReadFile(os.Args[2])
	check(err)
	var values map[string]any
	check(json.Unmarshal(text, &values))
	functions := template.FuncMap{
		"quote": func(value any) string { return strconv.Quote(fmt.Sprint(value)) },
		"default": func(standard, value any) any {
			if truth, _ := template.IsTrue(value); truth {
				return value
			}
			return standard
		},
	}
	parsed, err := template.New("t").Funcs(functions).Option("missingkey=zero").Parse(string(source))
	check(err)
	var out bytes.Buffer
	check(parsed.Execute(&out, values))
	if len(os.Args) > 3 && os.Args[3] == "-print" {
		fmt.Print(out.String())
		return
	}
	start := time.Now()
	for range rounds {
		out.Reset()
		check(parsed.Execute(&out, values))
	}
	fmt.Println(time.Since(start).Nanoseconds() / rounds)
}
