package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// unicodeTables is src/unicode/tables.rs: what Go's edition of Unicode takes for letters and for printable.
func unicodeTables() string {
	var out strings.Builder
	fmt.Fprintf(&out, "//! Ranges of characters in Unicode %s, the edition of Go. Written by tests/oracle/unicode.go.\n", unicode.Version)
	ranges(&out, "ALPHANUMERIC", "`unicode.IsLetter` or `unicode.IsDigit`.", func(character rune) bool {
		return unicode.IsLetter(character) || unicode.IsDigit(character)
	})
	ranges(&out, "PRINTABLE", "`strconv.IsPrint`.", strconv.IsPrint)
	return out.String()
}

func ranges(out *strings.Builder, name, about string, contains func(rune) bool) {
	fmt.Fprintf(out, "\n/// %s First and last character of each range above ASCII.\n#[rustfmt::skip]\n", about)
	fmt.Fprintf(out, "pub(super) const %s: &[(u32, u32)] = &[\n", name)
	column := 0
	for first := rune(0x80); first <= unicode.MaxRune; first++ {
		if !contains(first) {
			continue
		}
		last := first
		for last < unicode.MaxRune && contains(last+1) {
			last++
		}
		if column == 0 {
			out.WriteString("   ")
		}
		fmt.Fprintf(out, " (0x%x, 0x%x),", first, last)
		if column++; column == 6 {
			out.WriteString("\n")
			column = 0
		}
		first = last
	}
	if column > 0 {
		out.WriteString("\n")
	}
	out.WriteString("];\n")
}
