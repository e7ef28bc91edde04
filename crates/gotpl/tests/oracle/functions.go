package main

import (
	"errors"
	"fmt"
	"strings"
	"text/template"
)

// functions are what the cases call beside Go's builtins. tests/language/world.rs has the same ones.
var functions = template.FuncMap{
	"dict": func(pairs ...any) map[string]any {
		dict := map[string]any{}
		for at := 0; at+1 < len(pairs); at += 2 {
			dict[fmt.Sprint(pairs[at])] = pairs[at+1]
		}
		return dict
	},
	"list":  func(items ...any) []any { return append([]any{}, items...) },
	"fail":  func(message string) (string, error) { return "", errors.New(message) },
	"join":  func(separator string, parts ...string) string { return strings.Join(parts, separator) },
	"add":   func(left, right int) int { return left + right },
	"add64": func(left, right int64) int64 { return left + right },
	"sum": func(numbers ...int) (total int) {
		for _, number := range numbers {
			total += number
		}
		return
	},
	"half":    func(number float64) float64 { return number / 2 },
	"negate":  func(truth bool) bool { return !truth },
	"upper":   strings.ToUpper,
	"octet":   func(number uint8) uint8 { return number },
	"natural": func(number uint64) uint64 { return number },
	"count":   func(items []any) int { return len(items) },
	"size":    func(dict map[string]any) int { return len(dict) },
	"words":   func(text string) []string { return strings.Fields(text) },
	"labels":  func() map[string]string { return map[string]string{"app": "web", "tier": "front"} },
	"octets":  func(text string) []byte { return []byte(text) },
	"same":    func(value any) any { return value },
	"nothing": func() any { return nil },
	"thing":   func() Thing { return Thing{Name: "lamp", Count: 2, Items: []any{"a", 1.5, nil}} },
}

// Thing is a value with fields and methods.
type Thing struct {
	Name  string
	Count int
	Items []any
}

// Get has one parameter.
func (t Thing) Get(key string) any {
	if key == t.Name {
		return "got " + key
	}
	return nil
}

// Add has two parameters.
func (t Thing) Add(left, right int) int { return t.Count + left + right }

// Join takes any number of arguments.
func (t Thing) Join(separator string, parts ...any) string {
	shown := []string{}
	for _, part := range parts {
		shown = append(shown, fmt.Sprint(part))
	}
	return strings.Join(shown, separator)
}

// Self gives something to chain on.
func (t Thing) Self() Thing { return t }

// Fail always fails.
func (t Thing) Fail(message string) (string, error) { return "", errors.New(message) }
