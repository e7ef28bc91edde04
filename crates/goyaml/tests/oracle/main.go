// The oracle: what Go's own libraries answer, one request a line.
//
// A request is `op times hex`: the operation, how often to ask, and its input as hexadecimal bytes. The answer is one line of
// the distinct results, separated by spaces: `=` or `!` (an error's text) and hexadecimal bytes. Asking many times shows where
// Go's answer depends on the random order of its maps.
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	// The `encoding/json` of Go 1.27, which the published Helm is built with, as a module for older Go.
	json "github.com/go-json-experiment/json/v1"
	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "tables" {
		printTables()
		return
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		times, _ := strconv.Atoi(fields[1])
		input, err := hex.DecodeString(fields[2])
		if err != nil {
			panic(err)
		}
		seen := map[string]bool{}
		var answers []string
		for range times {
			text := answer(fields[0], input)
			if !seen[text] {
				seen[text] = true
				answers = append(answers, text[:1]+hex.EncodeToString([]byte(text[1:])))
			}
		}
		out.WriteString(strings.Join(answers, " "))
		out.WriteByte('\n')
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
}

func answer(op string, input []byte) (text string) {
	defer func() {
		if problem := recover(); problem != nil {
			text = fmt.Sprintf("!panic: %v", problem)
		}
	}()
	result, err := run(op, input)
	if err != nil {
		return "!" + err.Error()
	}
	return "=" + string(result)
}

func run(op string, input []byte) ([]byte, error) {
	switch op {
	case "read":
		return read(input)
	case "read-json":
		var value interface{}
		if err := json.Unmarshal(input, &value); err != nil {
			return nil, err
		}
		return json.Marshal(value)
	case "read-json-map":
		// As Helm's `fromJson`.
		value := map[string]interface{}{}
		if err := json.Unmarshal(input, &value); err != nil {
			value["Error"] = err.Error()
		}
		return json.Marshal(value)
	}
	value := decode(input)
	switch op {
	case "v2":
		return yaml.Marshal(value)
	case "v3":
		var out bytes.Buffer
		encoder := yamlv3.NewEncoder(&out)
		encoder.SetIndent(2)
		err := encoder.Encode(value)
		return out.Bytes(), err
	case "json":
		return json.Marshal(value)
	case "json-indent":
		return json.MarshalIndent(value, "", "  ")
	case "json-raw":
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		err := encoder.Encode(value)
		return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
	}
	panic("unknown operation " + op)
}

// read goes from YAML to JSON and prints the JSON once more, so that bytes that are not UTF-8 look the same everywhere.
func read(input []byte) ([]byte, error) {
	text, err := yaml.YAMLToJSON(input)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value interface{}
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

// decode reads a value: JSON, with numbers as `{"i": "1"}`, `{"u": "1"}` or `{"f": "<bits>"}` and maps as `{"m": {...}}`.
func decode(input []byte) interface{} {
	var value interface{}
	if err := json.Unmarshal(input, &value); err != nil {
		panic(err)
	}
	return typed(value)
}

func typed(value interface{}) interface{} {
	switch value := value.(type) {
	case []interface{}:
		for i := range value {
			value[i] = typed(value[i])
		}
		return value
	case map[string]interface{}:
		for kind, inner := range value {
			switch kind {
			case "i":
				number, err := strconv.ParseInt(inner.(string), 10, 64)
				must(err)
				return number
			case "u":
				number, err := strconv.ParseUint(inner.(string), 10, 64)
				must(err)
				return number
			case "f":
				bits, err := strconv.ParseUint(inner.(string), 10, 64)
				must(err)
				return math.Float64frombits(bits)
			case "m":
				pairs := inner.(map[string]interface{})
				for key := range pairs {
					pairs[key] = typed(pairs[key])
				}
				return pairs
			}
		}
	}
	return value
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
