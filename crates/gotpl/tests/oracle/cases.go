package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// answered returns a file of cases with the results Go gives, and how many cases there are.
//
// README.md describes the format. Everything but the results stays as it is.
func answered(source string) (string, int, error) {
	var out strings.Builder
	var q question
	count := 0
	lines := strings.Split(strings.TrimSuffix(source, "\n"), "\n")
	for at := 0; at < len(lines); at++ {
		line := lines[at]
		marker, rest, _ := strings.Cut(line, " ")
		switch marker {
		case "=", "==", "!", "!!":
			continue // an old result
		case "data":
			q.Data = nil
			if err := json.Unmarshal([]byte(rest), &q.Data); err != nil {
				return "", 0, fmt.Errorf("line %d: %w", at+1, err)
			}
			q.Data = clip(q.Data)
		case "missingkey":
			q.Missing = rest
		case "#", "":
		case "+", ">", ">>":
			start := at
			for at+1 < len(lines) && isCase(lines[at+1]) {
				at++
			}
			texts, err := readTexts(lines[start : at+1])
			if err != nil {
				return "", 0, fmt.Errorf("line %d: %w", start+1, err)
			}
			out.WriteString(strings.Join(lines[start:at+1], "\n") + "\n")
			if at+1 < len(lines) && strings.HasPrefix(lines[at+1], "? ") {
				at++
				out.WriteString(lines[at] + "\n")
			}
			q.Texts = texts
			writeAnswer(&out, q.ask())
			count++
			continue
		default:
			return "", 0, fmt.Errorf("line %d: unknown marker %q", at+1, marker)
		}
		out.WriteString(line + "\n")
	}
	return out.String(), count, nil
}

func isCase(line string) bool { return strings.HasPrefix(line, ">") || strings.HasPrefix(line, "+ ") }

// readTexts reads the lines of one case: "+ name" begins a text, "> line" and ">> "quoted"" are its lines.
func readTexts(lines []string) ([]text, error) {
	var texts []text
	fresh := true
	for _, line := range lines {
		marker, rest, _ := strings.Cut(line, " ")
		switch marker {
		case "+":
			texts = append(texts, text{Name: rest})
			fresh = true
			continue
		case ">>":
			unquoted, err := strconv.Unquote(rest)
			if err != nil {
				return nil, err
			}
			rest = unquoted
		}
		if len(texts) == 0 {
			texts = append(texts, text{Name: "t"})
		}
		last := &texts[len(texts)-1]
		if !fresh {
			last.Text += "\n"
		}
		last.Text += rest
		fresh = false
	}
	return texts, nil
}

// writeAnswer writes an answer line by line, or quoted where an editor might spoil it.
func writeAnswer(out *strings.Builder, a answer) {
	marker := a.marker()
	if !isPlain(a.output) {
		out.WriteString(marker + marker + " " + strconv.Quote(a.output) + "\n")
		return
	}
	for _, line := range strings.Split(a.output, "\n") {
		out.WriteString(strings.TrimSuffix(marker+" "+line, " ") + "\n")
	}
}

func isPlain(content string) bool {
	for _, line := range strings.Split(content, "\n") {
		if strings.HasSuffix(line, " ") {
			return false
		}
	}
	for _, character := range content {
		if character != '\n' && !strconv.IsPrint(character) {
			return false
		}
	}
	return utf8.ValidString(content)
}

// keepExceptions carries the lines that begin with "?" from an old table to a new one.
func keepExceptions(table, old string) string {
	exceptions := map[string]string{}
	var template string
	for _, line := range strings.Split(old, "\n") {
		switch {
		case strings.HasPrefix(line, "> "):
			template = line
		case strings.HasPrefix(line, "? "):
			exceptions[template] = line
		}
	}
	var out strings.Builder
	for _, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		out.WriteString(line + "\n")
		if exception, ok := exceptions[line]; ok && strings.HasPrefix(line, "> ") {
			out.WriteString(exception + "\n")
		}
	}
	return out.String()
}
