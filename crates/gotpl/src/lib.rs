//! Go's `text/template` and `fmt` in Rust: lexer, parser, tree, evaluator and values. Knows neither Helm nor YAML.
