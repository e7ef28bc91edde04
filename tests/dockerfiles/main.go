// Parses Dockerfiles with BuildKit's own parser and holds them to its linter. The arguments are files or folders of them;
// every problem is a line, and the status is 1 when there was one.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	files, problems := 0, 0
	report := func(path, problem string) {
		problems++
		fmt.Printf("%s: %s\n", path, problem)
	}
	for _, root := range os.Args[1:] {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			files++
			check(path, report)
			return nil
		})
		if err != nil {
			report(root, err.Error())
		}
	}
	if files == 0 {
		report("dockerfiles", "there is nothing to check")
	}
	fmt.Printf("%d Dockerfiles, %d problems\n", files, problems)
	if problems > 0 {
		os.Exit(1)
	}
}

func check(path string, report func(path, problem string)) {
	text, err := os.ReadFile(path)
	if err != nil {
		report(path, err.Error())
		return
	}
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		report(path, err.Error())
		return
	}
	for _, warning := range parsed.Warnings {
		report(path, warning.Short)
	}
	lint := linter.New(&linter.Config{
		Warn: func(name, _, _, message string, location []parser.Range) {
			line := 0
			if len(location) > 0 {
				line = location[0].Start.Line
			}
			report(path, fmt.Sprintf("line %d: %s: %s", line, name, message))
		},
	})
	stages, _, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		report(path, err.Error())
		return
	}
	user := ""
	for _, command := range stages[len(stages)-1].Commands {
		if set, ok := command.(*instructions.UserCommand); ok {
			user = set.User
		}
	}
	if user == "" || user == "0" || user == "root" {
		report(path, "the last stage runs as root")
	}
}
