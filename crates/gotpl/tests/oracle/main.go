// Command oracle asks Go's own text/template what a template gives.
//
//	oracle write DIR   runs every case in DIR/*.txt and writes the results into the files
//	oracle check DIR   the same, but only tells what differs
//	oracle serve       reads cases as JSON lines and answers each with one line, for the fuzzer
//
// The standard library is all it needs.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"text/template"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "serve":
		return serve()
	case len(args) == 2 && args[0] == "write":
		return goldens(args[1], true)
	case len(args) == 2 && args[0] == "check":
		return goldens(args[1], false)
	}
	return fmt.Errorf("usage: oracle write|check DIR, or oracle serve")
}

// A text and the name it is parsed under.
type text struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// One question: texts, of which "t" is run, and the data it runs on.
type question struct {
	Texts   []text `json:"texts"`
	Data    any    `json:"data"`
	Missing string `json:"missing"`
}

// One answer: what is written, or why nothing is.
type answer struct {
	output string
	failed bool
}

// marker begins the lines of an answer.
func (a answer) marker() string {
	if a.failed {
		return "!"
	}
	return "="
}

func (q question) ask() (a answer) {
	defer func() {
		// A panic of text/template is a bug of Go: no answer at all.
		if panicked := recover(); panicked != nil {
			a = answer{output: fmt.Sprintf("panic: %v", panicked), failed: true}
		}
	}()
	missing := q.Missing
	if missing == "" {
		missing = "zero"
	}
	root := template.New("root").Funcs(functions).Option("missingkey=" + missing)
	for _, text := range q.Texts {
		if _, err := root.New(text.Name).Parse(text.Text); err != nil {
			return answer{output: err.Error(), failed: true}
		}
	}
	var output bytes.Buffer
	if err := root.ExecuteTemplate(&output, "t", q.Data); err != nil {
		return answer{output: err.Error(), failed: true}
	}
	return answer{output: output.String()}
}

// unicodeFile is where the product keeps its tables of characters, seen from this folder.
const unicodeFile = "../../src/unicode/tables.rs"

// goldens writes or checks the files of cases in a folder, whose tables are made anew first, and the tables of Unicode.
func goldens(dir string, write bool) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return err
	}
	sources := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		sources[file] = string(content)
	}
	for name, table := range tables() {
		file := filepath.Join(dir, name)
		sources[file] = keepExceptions(table, sources[file])
	}
	results := map[string]string{unicodeFile: unicodeTables()}
	total := 0
	for file, source := range sources {
		result, count, err := answered(source)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		total += count
		results[file] = result
	}
	differing := 0
	for file, result := range results {
		before, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if string(before) == result {
			continue
		}
		differing++
		if !write {
			fmt.Printf("%s: Go answers differently, from line %d on\n", file, firstDifference(result, string(before)))
			continue
		}
		if err := os.WriteFile(file, []byte(result), 0o644); err != nil {
			return err
		}
	}
	if !write && differing > 0 {
		return fmt.Errorf("%d of %d files differ", differing, len(results))
	}
	fmt.Printf("%d cases, %d of %d files written anew\n", total, differing, len(results))
	return nil
}

func firstDifference(left, right string) int {
	line := 1
	for at := 0; at < len(left) && at < len(right) && left[at] == right[at]; at++ {
		if left[at] == '\n' {
			line++
		}
	}
	return line
}

// serve answers {"texts": ..., "data": ...}, one a line, with "=" or "!" and a quoted string.
func serve() error {
	output := bufio.NewWriter(os.Stdout)
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for decoder.More() {
		var q question
		if err := decoder.Decode(&q); err != nil {
			return err
		}
		q.Data = clip(q.Data)
		a := q.ask()
		fmt.Fprintf(output, "%s%s\n", a.marker(), strconv.Quote(a.output))
		if err := output.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// clip takes the spare capacity from all slices, which "slice" would show.
func clip(data any) any {
	switch data := data.(type) {
	case []any:
		for at, item := range data {
			data[at] = clip(item)
		}
		return slices.Clip(data)
	case map[string]any:
		for key, item := range data {
			data[key] = clip(item)
		}
	}
	return data
}
