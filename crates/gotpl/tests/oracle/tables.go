package main

import (
	"fmt"
	"strings"
)

// A table is a file of cases that a cross product makes.
type table struct {
	out  strings.Builder
	seen map[string]bool
}

func newTable(about string, data ...string) *table {
	t := &table{seen: map[string]bool{}}
	t.out.WriteString("# " + about + " Made by tests/oracle/tables.go.\n")
	for _, line := range data {
		t.out.WriteString("data " + line + "\n")
	}
	return t
}

func (t *table) comment(text string) { t.out.WriteString("\n# " + text + "\n") }

func (t *table) row(format string, args ...any) {
	template := fmt.Sprintf(format, args...)
	if t.seen[template] {
		return
	}
	t.seen[template] = true
	// The result that is to come keeps one row apart from the next.
	t.out.WriteString("> " + template + "\n=\n")
}

const kinds = `{"nil": null, "t": true, "f": false, "zero": 0, "n": 3, "neg": -2.5, "huge": 1e21, "s": "text", "e": "", "u": "é☺", "l": ["a", 1, null], "ll": [], "m": {"b": 2, "a": "x"}, "mm": {}, "q": [1, 2, 3, 4], "deep": {"l": [[1, "q"], {"k": [true]}]}}`

// operands name one value of each kind: what data holds, what literals give, what functions return.
var operands = []string{
	".nil", ".missing", ".t", ".zero", ".n", ".neg", ".s", ".e", ".u", ".l", ".ll", ".m", ".mm", ".deep",
	"nil", "true", "1", "-7", "2.5", `"lit"`, "'a'", "1i", "(add64 4 5)", "(octet 7)", `(words "x y")`, "labels", `(octets "hi")`, "thing",
}

func tables() map[string]string {
	tables := map[string]*table{
		"table-verbs.txt":        verbs(),
		"table-flags.txt":        flags(),
		"table-indexes.txt":      argumentIndexes(),
		"table-comparison.txt":   comparisons(),
		"table-arguments.txt":    arguments(),
		"table-access.txt":       access(),
		"table-actions.txt":      actions(),
		"table-literals.txt":     literals(),
		"table-strings.txt":      stringLiterals(),
		"table-parse-errors.txt": parseErrors(),
	}
	texts := map[string]string{}
	for name, table := range tables {
		texts[name] = table.out.String()
	}
	return texts
}

func verbs() *table {
	t := newTable("Every verb on every kind of value.", kinds)
	for _, verb := range []string{"v", "+v", "#v", "T", "t", "d", "b", "o", "O", "x", "X", "c", "q", "U", "e", "E", "f", "F", "g", "G", "s", "w", "z", "!"} {
		t.comment("%" + verb)
		for _, operand := range operands {
			if operand == "thing" && strings.ContainsAny(verb, "q") {
				continue
			}
			t.row(`{{printf "%%%s" %s}}`, verb, operand)
		}
	}
	t.comment("%p, where it prints no address")
	for _, operand := range []string{".nil", ".t", ".n", ".s", "1", "nil", "thing"} {
		t.row(`{{printf "%%p" %s}}`, operand)
	}
	return t
}

func flags() *table {
	t := newTable("Flags, widths and precisions.", kinds)
	values := []struct{ verb, value string }{
		{"d", "42"}, {"d", "-42"}, {"d", "0"}, {"x", "255"}, {"X", "-255"}, {"o", "8"}, {"O", "8"}, {"b", "5"}, {"c", "9786"}, {"q", "9786"}, {"U", "9786"},
		{"f", "2.5"}, {"f", "-2.5"}, {"e", "1234.5678"}, {"g", "1234.5678"}, {"g", "100000.0"}, {"g", "1e21"}, {"G", "1e-7"}, {"x", "1234.5"}, {"v", "2.0"},
		{"s", ".u"}, {"q", ".u"}, {"x", ".u"}, {"X", `"hi"`}, {"v", ".s"}, {"t", "true"}, {"v", "true"}, {"d", `(list 1 "a" nil)`}, {"v", ".m"}, {"v", ".nil"}, {"s", ".nil"}, {"d", ".s"}, {"x", ".l"}, {"q", ".l"},
	}
	for _, flag := range []string{"", "-", "+", "#", " ", "0", "-0", "+0", "# ", "+#", "0#", "+ "} {
		t.comment("flags " + fmt.Sprintf("%q", flag))
		for _, v := range values {
			one := func(rest string) string { return "%" + flag + rest + v.verb }
			t.row("{{printf `%s|%s|%s|%s|%s` %s %s %s %s %s}}", one(""), one("9"), one(".2"), one("12.3"), one("9."), v.value, v.value, v.value, v.value, v.value)
		}
	}
	return t
}

func argumentIndexes() *table {
	t := newTable("Stars, argument indexes, missing and surplus arguments, broken formats.", kinds)
	formats := []string{
		"", "%", "%%", "%5%", "%-5%|", "a%", "%!", "%z", "%é", "% ", "%-", "%5", "%.", "%5.", "%.2", "%*", "%[1]", "%[1", "%[", "%[]d", "%[x]d", "%[0]d", "%[-1]d", "%[9]d", "%[1]d",
		"%[2]d %[1]d", "%[2]d %d", "%[1]d %[1]v", "%[3]v", "%[1]*d", "%[2]*[1]d", "%[1]*[2]d", "%*d", "%-*d|", "%0*d", "%.*d", "%*.*f", "%[2]*.[1]*f", "%.[2]*f", "%6.[1]d", "%[1]5d", "%5[1]d", "%.[1]d", "%[1].2d", "%[1] d",
		"%d", "%d %d", "%d %d %d", "%d %d %d %d", "%s", "%v %v", "%T %T %T", "no verb", "%d%", "%d%!", "%[1]d%[2]d%[3]v", "%[3]*d", "%999999d|", "%1000001d", "%.1000001d", "%99999999999999999999d", "%.99999999999999999999d", "%-+ #0d", "%++d", "%--5d|", "%005d", "%5.5.5d", "%5d5", "%1$d", "%'d", "%ld", "%hhd", "%i", "%u", "%#+v", "%+#v", "% v", "%06v", "%w", "%w %w", "%[1]w",
	}
	for _, arguments := range []string{"", " 7", " 3 42", ` 8 -3 "x"`, " 2 .n", " nil", " .l 1"} {
		t.comment("arguments" + arguments)
		for _, format := range formats {
			if strings.Contains(format, "00001d") || strings.Contains(format, "%999999d") {
				// The result would be a megabyte of blanks: its length is enough.
				t.row("{{len (printf `%s`%s)}}", format, arguments)
				continue
			}
			t.row("{{printf `%s`%s}}", format, arguments)
		}
	}
	return t
}

func comparisons() *table {
	t := newTable("Comparison over all pairs of kinds.", kinds)
	for _, function := range []string{"eq", "lt"} {
		for _, left := range operands {
			t.comment(function + " " + left)
			for _, right := range operands {
				t.row("{{%s %s %s}}", function, left, right)
			}
		}
	}
	for _, function := range []string{"ne", "le", "gt", "ge"} {
		t.comment(function)
		for _, pair := range []string{"1 1", "1 2", "2 1", "1.5 1.5", "1.5 2.5", "-1 1", `"a" "b"`, `"b" "a"`, `"a" "a"`, `"" "a"`, `"B" "a"`, `"é" "z"`, "true true", "true false", ".n 3.0", ".n 3", ".nil .nil", ".nil 1", ".missing .nil", ".l .l", ".m .m", "(octet 7) 7", "7 (octet 7)", "(natural 7) -1", "-1 (natural 18446744073709551615)", "(natural 18446744073709551615) (natural 9223372036854775808)", "(add64 1 2) 3", "thing thing", "thing 1", "1i 1i", "", "1", "1 2 3", ".zero -0.0"} {
			t.row("{{%s %s}}", function, pair)
		}
	}
	t.comment("eq with several arguments")
	for _, arguments := range []string{"", "1", "1 2 3 1", "1 2 3", `1 2 "a"`, `1 1 "a"`, `"a" .s .e "a"`, ".l 1", "1 .l", ".l .nil", ".nil .l", ".nil .nil .l", ".m .nil", "nil nil", "1 nil", "nil 1", ".nil 1 nil"} {
		t.row("{{eq %s}}", arguments)
		t.row("{{1 | eq %s}}", arguments)
	}
	return t
}

func arguments() *table {
	t := newTable("Every kind of argument for every type of parameter.", kinds)
	calls := []string{
		"upper %s", "add 1 %s", "add64 %s 1", "half %s", "negate %s", "octet %s", "natural %s", "count %s", "size %s", "same %s", `join "-" "a" %s`, "sum 1 %s", "thing.Get %s", "thing.Add 1 %s", `thing.Join "-" %s`, "call %s", "call %s 1", "print %s", "println %s", "html %s", "js %s", "urlquery %s", "printf %s",
	}
	for _, call := range calls {
		t.comment(call)
		for _, operand := range operands {
			t.row("{{%s}}", fmt.Sprintf(call, operand))
			if operand == "nil" {
				continue
			}
			word := strings.TrimSuffix(strings.TrimSuffix(call, " 1"), " %s")
			if !strings.HasSuffix(call, " 1") {
				t.row("{{%s | %s}}", operand, word)
			}
		}
	}
	t.comment("numbers that do not fit")
	for _, call := range []string{"octet 255", "octet 256", "octet -1", "octet 1.0", "octet 1.5", "octet 'a'", "octet '☺'", "natural 18446744073709551615", "natural 18446744073709551616", "add 1 9223372036854775807", "add 1 9223372036854775808", "add 1 1.0", "add 1 1e3", "add 1 1.5", "add 1 'a'", "add 1 1i", "add 1 0x10", "add64 1 1e18", "add64 1 1e19", "half 1", "half 0x10", "half 'a'", "half 1i", "half 1+0i", "half 18446744073709551615"} {
		t.row("{{%s}}", call)
	}
	t.comment("numbers of arguments")
	for _, call := range []string{"upper", `upper "a" "b"`, `"a" | upper "b"`, "add", "add 1", "add 1 2 3", "1 | add", "1 | add 2", "1 | add 2 3", "join", `join "-"`, `"-" | join`, `"a" | join "-"`, "sum", "1 | sum", "nothing", "nothing 1", "1 | nothing", "labels", "labels 1", "thing.Get", `thing.Get "a" "b"`, `"lamp" | thing.Get`, `"a" | thing.Get "b"`, "thing.Add 1", "thing.Join", `thing.Join "-"`, `"x" | thing.Join "-" 1 nil`, "thing.Name 1", "1 | thing.Name", "thing.Nope", "thing.Nope 1", "thing.Self.Self.Name", `thing.Self.Get "lamp"`, `(thing.Self).Get "lamp"`, `thing.Fail "reason"`, `fail "reason"`, `"reason" | fail`, "not", "not 1 2", "len", "len 1 2", "index", "slice", "and", "or", "call", "html", "js", "urlquery", "print", "println", "printf", "lt 1", "1 | and", "1 | or 0", "0 | and 1 2", "1 | not", "print 1 | len", "true | and", ". | and nil"} {
		t.row("{{%s}}", call)
	}
	return t
}

func access() *table {
	t := newTable("Fields, index, slice and len of every kind of value.", kinds)
	t.comment("a field")
	for _, operand := range operands {
		if strings.HasPrefix(operand, ".") {
			t.row("{{%s.x}}", operand)
			t.row("{{%s.x.y}}", operand)
		}
		t.row("{{(%s).x}}", operand)
		t.row("{{$v := %s}}{{$v.x}}", operand)
		t.row("{{with %s}}{{.x}}{{end}}", operand)
		t.row("{{range list %s}}{{.x}}{{end}}", operand)
		t.row("{{(dict \"k\" %s).k.x}}", operand)
		t.row("{{(same %s).x}}", operand)
	}
	t.comment("len")
	for _, operand := range operands {
		t.row("{{len %s}}", operand)
	}
	t.comment("index by every kind")
	for _, item := range []string{".l", ".m", ".s", "labels", `(words "x y")`, `(octets "hi")`} {
		for _, operand := range operands {
			t.row("{{index %s %s}}", item, operand)
		}
	}
	t.comment("index of every kind")
	for _, operand := range operands {
		t.row("{{index %s}}", operand)
		t.row("{{index %s 0}}", operand)
		t.row("{{index %s `a`}}", operand)
		t.row("{{index %s 0 `a`}}", operand)
	}
	t.comment("slice")
	for _, operand := range operands {
		t.row("{{slice %s}}", operand)
		t.row("{{slice %s 1}}", operand)
		t.row("{{slice %s 0 1}}", operand)
		t.row("{{slice %s 0 1 1}}", operand)
	}
	for _, indexes := range []string{"1", "4", "5", "-1", "0 0", "1 1", "1 4", "1 5", "2 1", "0 1 2", "0 2 1", "0 4 4", "0 4 5", "0 1 2 3", "nil", "1.0", "`a`", "true", "(octet 1)", "(add64 1 1)"} {
		t.row("{{slice .q %s}}", indexes)
		t.row("{{slice .s %s}}", indexes)
		t.row("{{slice .u %s}}", indexes)
	}
	return t
}

func actions() *table {
	t := newTable("Actions on every kind of value.", kinds)
	for _, form := range []string{
		"{{%s}}", "{{if %s}}yes{{else}}no{{end}}", "{{with %s}}{{.}}{{else}}none{{end}}", "{{range %s}}[{{.}}]{{else}}none{{end}}", "{{range $i, $v := %s}}[{{$i}} {{$v}}]{{else}}none{{end}}", "{{range $v := %s}}[{{$v}}]{{end}}", "{{$x := %s}}{{$x}}{{printf \" %%T\" $x}}", "{{$x := 1}}{{$x = %s}}{{$x}}",
		"{{not %s}}", "{{and %s 1}}", "{{or %s 1}}", "{{and 1 %s}}", "{{or 0 %s}}", "{{print %s 1}}", "{{list %s}}", "{{(%s)}}", "{{%s 1}}", "{{1 | %s}}", "{{template \"u\" %s}}{{define \"u\"}}[{{.}}]{{end}}", "{{block \"b\" %s}}[{{.}}]{{end}}", "{{%s | printf \"%%v\"}}", "{{%s | print}}",
	} {
		t.comment(form)
		for _, operand := range operands {
			t.row("%s", strings.Replace(strings.ReplaceAll(form, "%%", "%"), "%s", operand, 1))
		}
	}
	return t
}

func literals() *table {
	t := newTable("Number and character literals.")
	for _, literal := range []string{
		"0", "7", "+7", "-7", "007", "08", "0x1F", "0X1f", "0xg", "0b101", "0B11", "0b2", "0o17", "0O17", "0o8", "1_000", "1__0", "_1", "1_", "0x_1f", "0_7", "0_8", "0x1_", "-0", "+0", "--1", "+-1", "0x", "0b", "0o",
		"1.5", ".5", "5.", "-.5", "1e3", "1E3", "1e+3", "1e-3", "1e", "1e+", "1.5e3", "1_0.5", "1._5", "1_.5", "1e1_0", "1e400", "-1e400", "1e-400", "0x1p4", "0x1.8p1", "0x1P-2", "0x1.8", "0x.8p0", "0x1p", "0x1e3", "0b1e3", "0o1e3", "0x1p-1075", "0x1.fffffffffffff8p1023", "0x123456789abcdef01p0", "123456789.0", "1234567.0", "100000.0", "1000000.0", "0.0001", "0.00001", "1e20", "1e21", "1e22", "4.35", "0.1", "1e23", "5e-324", "1.7976931348623157e308", "9007199254740993.0",
		"9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "0x7fffffffffffffff", "0x8000000000000000", "0xffffffffffffffff", "0x10000000000000000", "1e18", "1e19",
		"1i", "2.5i", "-1i", "1+2i", "1-2i", "-1-2i", "1+2", "1+2j", "0i", "1e3i", "0x1p4i", "1+1e400i", "1_0i", "0x10i", "07i", "1i+2", "1+i", "i", "1.5+0i", "0b1i", "0o7i", "NaN", "Inf", "+Inf", "-Inf",
		"'a'", "'☺'", `'\n'`, `'\''`, `'"'`, `'\"'`, `'\\'`, `'\x41'`, `'\101'`, `'\u263a'`, `'\U0001F600'`, `'\ud800'`, `'\U00110000'`, `'\400'`, `'\777'`, `'\x4'`, `'\q'`, `''`, `'ab'`, `'`, `'a`, `'\`, `'\0'`, `'\000'`, `'\xff'`, `'é'`,
		"1a", "1.a", "1.2.3", "1..2", "1.", ".", "..", ".1", ".1.a", "1 .a", "+", "-", "+a", "0.x", "1|print", "1)", "(1", "0xF.a",
	} {
		t.row("{{%s}}", literal)
		t.row("{{printf \"%%T %%v\" %s %s}}", literal, literal)
	}
	return t
}

func stringLiterals() *table {
	t := newTable("String literals.")
	for _, literal := range []string{
		`"a"`, `""`, "`raw`", "``", "`a\\n`", `"a\tb"`, `"\a\b\f\n\r\t\v\\\""`, `"\'"`, `"\x41\101\u0041\U00000041"`, `"\xff"`, `"\377"`, `"\400"`, `"\u12"`, `"\ud800"`, `"\U00110000"`, `"\xg1"`, `"\q"`, `"\"`, `"a`, "`a", `"é☺"`, `"a\0b"`, `"a\000b"`, `"'"`, `"{{"`, `"}}"`, "`}}`", `"/* no comment */"`, `"a" "b"`, `"a"."b"`, `"a".x`, `"a"b`, `"\u00a0"`, `"\ufeff"`, `"\u200b"`, `"\U0001F600"`, `"\x00"`, `"\x7f"`, `"\u0301"`, `"e\u0301"`, `"\xe2\x98\xba"`, `"\xe2\x98"`, `"\u2028"`, `"\u0378"`, `"\ue000"`, `"\ufffd"`, `"\U0010ffff"`,
	} {
		t.row("{{%s}}", literal)
		for _, verb := range []string{"%q", "%+q", "%#q", "%x", "%v", "%#v", "%.1s|", "%5s|", "%-5q|"} {
			t.row("{{printf `%s` %s}}", verb, literal)
		}
		t.row("{{len %s}} {{html %s}} {{js %s}} {{urlquery %s}}", literal, literal, literal, literal)
	}
	return t
}

func parseErrors() *table {
	t := newTable("What can stand where it must not.")
	words := []string{"if", "with", "range", "else", "end", "define", "template", "block", "break", "continue", "nil", "true", "1", `"s"`, "'c'", "$", "$x", ".", ".a", "print", "nope", "(", ")", "|", ":=", "=", ",", "1i", "`r`", "%", "!", "\u00e9", "\u2028", "\\", "&", "#", "/*", "*/", "{{", "}}", "@"}
	for _, form := range []string{"{{%s}}", "{{%s 1}}", "{{1 %s}}", "{{1 | %s}}", "{{(%s)}}", "{{$x := %s}}", "{{$x %s 1}}", "{{if %s}}{{end}}", "{{range %s}}{{end}}", "{{range $x, %s := .}}{{end}}", "{{with 1}}{{else %s}}{{end}}", "{{template %s}}", "{{template `a` %s}}", "{{define %s}}{{end}}", "{{block `a` %s}}{{end}}", "{{end %s}}", "{{if 1}}{{end %s}}", "{{range .}}{{break %s}}{{end}}", "{{.a%s}}", "{{print%s}}", "{{$%s}}"} {
		t.comment(form)
		for _, word := range words {
			t.row("%s", strings.ReplaceAll(form, "%s", word))
		}
	}
	return t
}
