//! The parser, a port of text/template/parse/parse.go with its error texts.

mod expression;

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::function::Functions;
use crate::lex::{Lexer, Token, TokenKind};
use crate::limits::MAX_PARSE_DEPTH;
use crate::quote::{quote, unquote};
use crate::tree::{Branch, BranchKind, Invocation, List, Node, Pipe, Source, Template};
use crate::value::Text;

type Result<T> = std::result::Result<T, Error>;

/// Parses a text into its own template, which comes last, and the ones it defines.
pub(crate) fn parse(name: &Text, text: &str, functions: &Functions) -> Result<Vec<Template>> {
    let mut parser = Parser {
        name,
        text,
        lexer: Lexer::new(text),
        functions,
        frame: Frame::new(&mut Variables::default()),
        variables: Variables::default(),
        bodies: Vec::new(),
        places: HashMap::new(),
        nesting: 0,
    };
    let root = parser.top()?;
    parser.add(name.clone(), root)?;
    if let Some(place) = parser.places.get(name) {
        // A definition of the same name may have come first.
        let main = parser.bodies.remove(*place);
        parser.bodies.push(main);
    }
    let source = Arc::new(Source {
        name: name.clone(),
        text: text.into(),
        variables: parser.variables.names,
    });
    let templates = parser.bodies.into_iter();
    Ok(templates
        .map(|(name, root)| Template {
            name,
            source: Arc::clone(&source),
            root,
        })
        .collect())
}

/// The names of variables, `$` first, each with a number that the evaluator compares instead of the name.
#[derive(Debug, Default)]
struct Variables {
    names: Vec<Box<str>>,
    ids: HashMap<Box<str>, u32>,
}

impl Variables {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        id
    }
}

/// The parsing state of one template body; a `define` or `block` inside has its own.
#[derive(Debug)]
struct Frame<'t> {
    /// Look-ahead, as in Go: slot 0 holds the last token read, whose line goes into messages.
    tokens: [Token<'t>; 3],
    peeked: usize,
    /// The variables in scope.
    scope: Vec<u32>,
    action_line: usize,
    range_depth: usize,
    paren_depth: usize,
}

impl Frame<'_> {
    fn new(variables: &mut Variables) -> Self {
        Self {
            tokens: [Token::NONE; 3],
            peeked: 0,
            scope: vec![variables.id("$")],
            action_line: 0,
            range_depth: 0,
            paren_depth: 0,
        }
    }
}

struct Parser<'t> {
    name: &'t Text,
    text: &'t str,
    lexer: Lexer<'t>,
    functions: &'t Functions,
    frame: Frame<'t>,
    variables: Variables,
    bodies: Vec<(Text, List)>,
    /// Where each name is in `bodies`.
    places: HashMap<Text, usize>,
    /// How deep the actions are nested, over all frames.
    nesting: usize,
}

/// What ends a list of nodes.
enum End {
    End,
    Else { pos: usize },
}

impl End {
    fn text(&self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else { .. } => "{{else}}",
        }
    }
}

/// A node, or the end of the list that was being read.
enum Item {
    Node(Node),
    End(End),
}

// Tokens.
impl<'t> Parser<'t> {
    fn next(&mut self) -> Token<'t> {
        if self.frame.peeked > 0 {
            self.frame.peeked -= 1;
        } else {
            self.frame.tokens[0] = self.lexer.next_token();
        }
        self.frame.tokens[self.frame.peeked]
    }

    fn backup(&mut self) {
        self.frame.peeked += 1;
    }

    /// Backs up two tokens; the zeroth is already there.
    fn backup2(&mut self, first: Token<'t>) {
        self.frame.tokens[1] = first;
        self.frame.peeked = 2;
    }

    /// Backs up three tokens; the zeroth is already there.
    fn backup3(&mut self, first: Token<'t>, second: Token<'t>) {
        self.frame.tokens[1] = second;
        self.frame.tokens[2] = first;
        self.frame.peeked = 3;
    }

    fn peek(&mut self) -> Token<'t> {
        if self.frame.peeked == 0 {
            self.frame.peeked = 1;
            self.frame.tokens[0] = self.lexer.next_token();
        }
        self.frame.tokens[self.frame.peeked - 1]
    }

    fn next_non_space(&mut self) -> Token<'t> {
        loop {
            let token = self.next();
            if token.kind != TokenKind::Space {
                return token;
            }
        }
    }

    fn peek_non_space(&mut self) -> Token<'t> {
        let token = self.next_non_space();
        self.backup();
        token
    }

    fn expect(&mut self, kind: TokenKind, context: &str) -> Result<Token<'t>> {
        let token = self.next_non_space();
        if token.kind == kind {
            Ok(token)
        } else {
            Err(self.unexpected(token, context))
        }
    }

    fn error(&self, message: impl Into<String>) -> Error {
        let kind = ErrorKind::Parse {
            template: self.name.to_string(),
            line: self.frame.tokens[0].line,
        };
        Error::build(kind, message.into(), None)
    }

    fn unexpected(&self, token: Token<'_>, context: &str) -> Error {
        if token.kind != TokenKind::Error {
            return self.error(format!("unexpected {token} in {context}"));
        }
        let message = self.lexer.error();
        let started = self.frame.action_line;
        let extra = if started == 0 || started == token.line {
            String::new()
        } else if message.ends_with(" action") {
            // "unclosed action started at", not "unclosed action in action started at".
            format!(" started at {}:{started}", self.name)
        } else {
            format!(" in action started at {}:{started}", self.name)
        };
        self.error(format!("{message}{extra}"))
    }
}

// Templates, lists and actions.
impl Parser<'_> {
    fn top(&mut self) -> Result<List> {
        self.frame = Frame::new(&mut self.variables);
        let mut root = List {
            pos: self.peek().pos,
            nodes: Vec::new(),
        };
        while self.peek().kind != TokenKind::Eof {
            if self.peek().kind == TokenKind::LeftDelim {
                let delim = self.next();
                if self.next_non_space().kind == TokenKind::Define {
                    self.definition()?;
                    continue;
                }
                self.backup2(delim);
            }
            match self.text_or_action()? {
                Item::Node(node) => root.nodes.push(node),
                Item::End(end) => return Err(self.error(format!("unexpected {}", end.text()))),
            }
        }
        Ok(root)
    }

    /// Runs `body` with a fresh state for a template inside this text.
    fn in_frame<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let fresh = Frame::new(&mut self.variables);
        let outer = std::mem::replace(&mut self.frame, fresh);
        let result = body(self);
        if result.is_ok() {
            // After an error the inner state tells the line.
            self.frame = outer;
        }
        result
    }

    fn definition(&mut self) -> Result<()> {
        const CONTEXT: &str = "define clause";
        self.in_frame(|parser| {
            let token = parser.next_non_space();
            let name = parser.template_name(token, CONTEXT)?;
            parser.expect(TokenKind::RightDelim, CONTEXT)?;
            let (root, end) = parser.item_list()?;
            parser.expect_end(&end, CONTEXT)?;
            parser.add(name, root)
        })
    }

    fn expect_end(&self, end: &End, context: &str) -> Result<()> {
        match end {
            End::End => Ok(()),
            End::Else { .. } => Err(self.error(format!("unexpected {} in {context}", end.text()))),
        }
    }

    /// Keeps a body. Twice the same name is an error, unless one of the two is blank.
    fn add(&mut self, name: Text, root: List) -> Result<()> {
        let text = self.text;
        let Some(place) = self.places.get(&name) else {
            self.places.insert(name.clone(), self.bodies.len());
            self.bodies.push((name, root));
            return Ok(());
        };
        match self.bodies.get_mut(*place) {
            Some((_, body)) if body.is_blank(text) => *body = root,
            _ if root.is_blank(text) => {}
            _ => {
                let name = quote(name.as_bytes());
                return Err(self.error(format!("template: multiple definition of template {name}")));
            }
        }
        Ok(())
    }

    fn item_list(&mut self) -> Result<(List, End)> {
        let mut list = List {
            pos: self.peek_non_space().pos,
            nodes: Vec::new(),
        };
        while self.peek_non_space().kind != TokenKind::Eof {
            match self.text_or_action()? {
                Item::Node(node) => list.nodes.push(node),
                Item::End(end) => return Ok((list, end)),
            }
        }
        Err(self.error("unexpected EOF"))
    }

    fn text_or_action(&mut self) -> Result<Item> {
        let token = self.next_non_space();
        match token.kind {
            TokenKind::Text => Ok(Item::Node(Node::Text {
                pos: token.pos,
                range: token.pos..token.pos + token.text.len(),
            })),
            TokenKind::LeftDelim => {
                self.frame.action_line = token.line;
                self.nesting += 1;
                if self.nesting > MAX_PARSE_DEPTH {
                    return Err(self.error(format!(
                        "actions are nested deeper than {MAX_PARSE_DEPTH} levels"
                    )));
                }
                let item = self.action()?;
                self.nesting -= 1;
                self.frame.action_line = 0;
                Ok(item)
            }
            _ => Err(self.unexpected(token, "input")),
        }
    }

    fn action(&mut self) -> Result<Item> {
        let token = self.next_non_space();
        let node = match token.kind {
            TokenKind::Block => self.block()?,
            TokenKind::Break => {
                self.loop_control("{{break}}")?;
                Node::Break { pos: token.pos }
            }
            TokenKind::Continue => {
                self.loop_control("{{continue}}")?;
                Node::Continue { pos: token.pos }
            }
            TokenKind::Else => return self.else_control(),
            TokenKind::End => {
                self.expect(TokenKind::RightDelim, "end")?;
                return Ok(Item::End(End::End));
            }
            TokenKind::If => self.control(BranchKind::If)?,
            TokenKind::Range => self.control(BranchKind::Range)?,
            TokenKind::With => self.control(BranchKind::With)?,
            TokenKind::Template => self.template()?,
            _ => {
                self.backup();
                let pos = self.peek().pos;
                // Variables stay until the enclosing "end".
                let pipe = self.pipeline("command", TokenKind::RightDelim)?;
                Node::Action { pos, pipe }
            }
        };
        Ok(Item::Node(node))
    }

    fn loop_control(&mut self, name: &str) -> Result<()> {
        let token = self.next_non_space();
        if token.kind != TokenKind::RightDelim {
            return Err(self.unexpected(token, name));
        }
        if self.frame.range_depth == 0 {
            return Err(self.error(format!("{name} outside {{{{range}}}}")));
        }
        Ok(())
    }

    fn else_control(&mut self) -> Result<Item> {
        let ahead = self.peek_non_space();
        // "{{else if" is "{{else}}{{if": the list ends here, and the word waits for the caller.
        let pos = if matches!(ahead.kind, TokenKind::If | TokenKind::With) {
            ahead.pos
        } else {
            self.expect(TokenKind::RightDelim, "else")?.pos
        };
        Ok(Item::End(End::Else { pos }))
    }

    fn control(&mut self, kind: BranchKind) -> Result<Node> {
        let (context, chained) = match kind {
            BranchKind::If => ("if", Some(TokenKind::If)),
            BranchKind::With => ("with", Some(TokenKind::With)),
            BranchKind::Range => ("range", None),
        };
        let scope = self.frame.scope.len();
        let pipe = self.pipeline(context, TokenKind::RightDelim)?;
        let in_range = usize::from(kind == BranchKind::Range);
        self.frame.range_depth += in_range;
        let (list, end) = self.item_list()?;
        self.frame.range_depth -= in_range;
        let else_list = match end {
            End::End => None,
            End::Else { pos } if Some(self.peek().kind) == chained => {
                self.next();
                self.nesting += 1;
                if self.nesting > MAX_PARSE_DEPTH {
                    return Err(self.error(format!(
                        "else branches are chained deeper than {MAX_PARSE_DEPTH} levels"
                    )));
                }
                // The {{end}} of the inner branch ends this one as well.
                let node = self.control(kind)?;
                self.nesting -= 1;
                Some(List {
                    pos,
                    nodes: vec![node],
                })
            }
            End::Else { .. } => {
                let (list, end) = self.item_list()?;
                if !matches!(end, End::End) {
                    return Err(self.error(format!("expected end; found {}", end.text())));
                }
                Some(list)
            }
        };
        self.frame.scope.truncate(scope);
        Ok(Node::Branch(Box::new(Branch {
            pos: pipe.pos,
            kind,
            pipe,
            list,
            else_list,
        })))
    }

    fn block(&mut self) -> Result<Node> {
        const CONTEXT: &str = "block clause";
        let token = self.next_non_space();
        let name = self.template_name(token, CONTEXT)?;
        let pipe = self.pipeline(CONTEXT, TokenKind::RightDelim)?;
        let mut unexpected = None;
        self.in_frame(|parser| match parser.item_list()? {
            (root, End::End) => parser.add(name.clone(), root),
            (_, end) => {
                unexpected = Some(end);
                Ok(())
            }
        })?;
        if let Some(end) = unexpected {
            // Go reports this one, unlike the same in a definition, where the block begins.
            self.expect_end(&end, CONTEXT)?;
        }
        Ok(invocation(token.pos, name, Some(pipe)))
    }

    fn template(&mut self) -> Result<Node> {
        const CONTEXT: &str = "template clause";
        let token = self.next_non_space();
        let name = self.template_name(token, CONTEXT)?;
        let pipe = if self.next_non_space().kind == TokenKind::RightDelim {
            None
        } else {
            self.backup();
            Some(self.pipeline(CONTEXT, TokenKind::RightDelim)?)
        };
        Ok(invocation(token.pos, name, pipe))
    }

    fn template_name(&mut self, token: Token<'_>, context: &str) -> Result<Text> {
        if !matches!(token.kind, TokenKind::String | TokenKind::RawString) {
            return Err(self.unexpected(token, context));
        }
        let name = unquote(token.text).ok_or_else(|| self.error("invalid syntax"))?;
        Ok(Text::from_bytes(name))
    }
}

fn invocation(pos: usize, name: Text, pipe: Option<Pipe>) -> Node {
    Node::Template(Box::new(Invocation { pos, name, pipe }))
}

#[cfg(test)]
mod tests;
