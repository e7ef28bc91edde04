use super::*;

fn kinds(text: &str) -> Vec<(TokenKind, String)> {
    let mut lexer = Lexer::new(text);
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next_token();
        let shown = if token.kind == TokenKind::Error {
            lexer.error()
        } else {
            token.text
        }
        .to_owned();
        tokens.push((token.kind, shown));
        if matches!(token.kind, TokenKind::Eof | TokenKind::Error) {
            return tokens;
        }
    }
}

#[test]
fn trim_markers_cut_the_text_around_them() {
    let tokens = kinds("a \n{{- 1 -}}\n b{{/* c */ -}} d");
    let texts: Vec<_> = tokens.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["a", "{{", "1", "}}", "b", "d", ""]);
}

#[test]
fn lines_are_counted_through_trimmed_text() {
    let mut lexer = Lexer::new("a\n\n{{- x\n -}}\n\n{{y}}");
    let mut last = Token::NONE;
    for _ in 0..8 {
        let token = lexer.next_token();
        if token.kind == TokenKind::Identifier {
            last = token;
        }
    }
    assert_eq!((last.text, last.line), ("y", 6));
}

#[test]
fn errors_have_the_texts_of_go() {
    for (text, message) in [
        ("{{", "unclosed action"),
        ("{{ (1 }}", "unclosed left paren"),
        ("{{ ) }}", "unexpected right paren"),
        ("{{ \"a }}", "unterminated quoted string"),
        ("{{ `a }}", "unterminated raw quoted string"),
        ("{{ 'a }}", "unterminated character constant"),
        ("{{/* a }}", "unclosed comment"),
        ("{{/* a */ }}", "comment ends before closing delimiter"),
        ("{{ 3k }}", "bad number syntax: \"3k\""),
        ("{{ a# }}", "bad character U+0023 '#'"),
        ("{{ .a-b }}", "bad character U+002D '-'"),
        ("{{ x : y }}", "expected :="),
        ("{{ \u{1} }}", "unrecognized character in action: U+0001"),
    ] {
        let tokens = kinds(text);
        assert_eq!(
            tokens.last().unwrap(),
            &(TokenKind::Error, message.to_owned()),
            "{text}"
        );
    }
}
