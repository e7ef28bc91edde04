package main

import (
	"fmt"
	"unicode"
)

// printTables writes `src/keys/unicode.rs`.
func printTables() {
	fmt.Print("//! Letters and digits outside ASCII, as the `unicode` package of Go 1.26 has them (Unicode " + unicode.Version + ").\n" +
		"//!\n" +
		"//! Only the order of keys asks; `char::is_alphabetic` also counts marks and number letters, so it cannot answer.\n" +
		"//! Printed by `go run . tables` in `tests/oracle`.\n")
	printRuns("LETTERS", "letters", unicode.IsLetter)
	printRuns("DIGITS", "decimal digits", unicode.IsDigit)
}

func printRuns(name, what string, is func(rune) bool) {
	fmt.Printf("\n/// First and last of each run of %s.\n#[rustfmt::skip]\npub(super) const %s: &[(u32, u32)] = &[", what, name)
	width := 200
	for char := rune(0x80); char <= unicode.MaxRune; char++ {
		if !is(char) {
			continue
		}
		last := char
		for is(last + 1) {
			last++
		}
		run := fmt.Sprintf(" (0x%X, 0x%X),", char, last)
		if width+len(run) > 118 {
			fmt.Print("\n   ")
			width = 3
		}
		fmt.Print(run)
		width += len(run)
		char = last
	}
	fmt.Print("\n];\n")
}
