//! Pipelines, commands, operands and terms.

use super::{Parser, Result};
use crate::lex::{Token, TokenKind};
use crate::limits::MAX_PARSE_DEPTH;
use crate::literal::{parse_char, parse_complex, parse_number};
use crate::quote::{quote, unquote};
use crate::tree::{Command, Number, Operand, OperandKind, Pipe, Variable};
use crate::value::{Text, Value};

impl<'t> Parser<'t> {
    /// `declarations? command ('|' command)*` up to the token `end`, which is consumed.
    pub(super) fn pipeline(&mut self, context: &str, end: TokenKind) -> Result<Pipe> {
        let mut pipe = Pipe {
            pos: self.peek_non_space().pos,
            ..Pipe::default()
        };
        self.declarations(&mut pipe, context)?;
        loop {
            let token = self.next_non_space();
            match token.kind {
                kind if kind == end => {
                    self.check_pipeline(&pipe, context)?;
                    return Ok(pipe);
                }
                TokenKind::Bool
                | TokenKind::CharConstant
                | TokenKind::Complex
                | TokenKind::Dot
                | TokenKind::Field
                | TokenKind::Identifier
                | TokenKind::Number
                | TokenKind::Nil
                | TokenKind::RawString
                | TokenKind::String
                | TokenKind::Variable
                | TokenKind::LeftParen => {
                    self.backup();
                    let command = self.command()?;
                    pipe.commands.push(command);
                }
                _ => return Err(self.unexpected(token, context)),
            }
        }
    }

    fn declarations(&mut self, pipe: &mut Pipe, context: &str) -> Result<()> {
        loop {
            let token = self.peek_non_space();
            if token.kind != TokenKind::Variable {
                return Ok(());
            }
            self.next();
            // "$x foo" has to be read up to "foo" (as opposed to ":=") to know that $x is an argument. The token next
            // to the variable is remembered so that it can be pushed back.
            let after = self.peek();
            let next = self.peek_non_space();
            match next.kind {
                TokenKind::Assign | TokenKind::Declare => {
                    pipe.is_assign = next.kind == TokenKind::Assign;
                    self.next_non_space();
                    self.declare(pipe, token);
                    return Ok(());
                }
                TokenKind::Char if next.text == "," => {
                    self.next_non_space();
                    self.declare(pipe, token);
                    if context != "range" || pipe.decl.len() >= 2 {
                        return Err(self.error(format!("too many declarations in {context}")));
                    }
                    let second = self.peek_non_space().kind;
                    if !matches!(
                        second,
                        TokenKind::Variable | TokenKind::RightDelim | TokenKind::RightParen
                    ) {
                        return Err(self.error("range can only initialize variables"));
                    }
                }
                _ if after.kind == TokenKind::Space => {
                    self.backup3(token, after);
                    return Ok(());
                }
                _ => {
                    self.backup2(token);
                    return Ok(());
                }
            }
        }
    }

    fn declare(&mut self, pipe: &mut Pipe, token: Token<'_>) {
        let id = self.variables.id(token.text);
        pipe.decl.push(Variable { id });
        self.frame.scope.push(id);
    }

    fn check_pipeline(&self, pipe: &Pipe, context: &str) -> Result<()> {
        if pipe.commands.is_empty() {
            return Err(self.error(format!("missing value for {context}")));
        }
        // Only the first command of a pipeline can start with something that cannot be called.
        for (index, command) in pipe.commands.iter().enumerate().skip(1) {
            let constant = command.args.first().is_some_and(|operand| {
                matches!(
                    operand.kind,
                    OperandKind::Bool(_)
                        | OperandKind::Dot
                        | OperandKind::Nil
                        | OperandKind::Number(_)
                        | OperandKind::String { .. }
                )
            });
            if constant {
                return Err(self.error(format!(
                    "non executable command in pipeline stage {}",
                    index + 1
                )));
            }
        }
        Ok(())
    }

    /// `operand (space operand)*`; a pipe character after it is consumed.
    fn command(&mut self) -> Result<Command> {
        let mut command = Command {
            pos: self.peek_non_space().pos,
            args: Vec::new(),
        };
        loop {
            self.peek_non_space();
            if let Some(operand) = self.operand()? {
                command.args.push(operand);
            }
            let token = self.next();
            match token.kind {
                TokenKind::Space => {}
                TokenKind::RightDelim | TokenKind::RightParen => {
                    self.backup();
                    break;
                }
                TokenKind::Pipe => break,
                _ => return Err(self.unexpected(token, "operand")),
            }
        }
        if command.args.is_empty() {
            return Err(self.error("empty command"));
        }
        Ok(command)
    }

    /// `term .Field*`; `None` if what follows is no operand.
    fn operand(&mut self) -> Result<Option<Operand>> {
        let Some(term) = self.term()? else {
            return Ok(None);
        };
        let pos = self.peek().pos;
        let mut fields = Vec::new();
        while self.peek().kind == TokenKind::Field {
            fields.push(field(self.next()));
        }
        if fields.is_empty() {
            return Ok(Some(term));
        }
        // Fields after a field or a variable extend it; the position moves to the first of them.
        let kind = match term.kind {
            OperandKind::Field(mut path) => {
                path.append(&mut fields);
                OperandKind::Field(path)
            }
            OperandKind::Variable { variable, .. } => OperandKind::Variable { variable, fields },
            OperandKind::Bool(_)
            | OperandKind::String { .. }
            | OperandKind::Number(_)
            | OperandKind::Nil
            | OperandKind::Dot => {
                let shown = self.show_constant(&term);
                return Err(self.error(format!("unexpected . after term {shown}")));
            }
            _ => OperandKind::Chain {
                operand: Box::new(term),
                fields,
            },
        };
        Ok(Some(Operand { pos, kind }))
    }

    fn show_constant(&self, operand: &Operand) -> String {
        let text = match &operand.kind {
            OperandKind::Bool(value) => value.to_string(),
            OperandKind::String { quoted, .. } => {
                self.text.get(quoted.clone()).unwrap_or_default().to_owned()
            }
            OperandKind::Number(number) => number.text.to_string(),
            OperandKind::Nil => "nil".to_owned(),
            _ => ".".to_owned(),
        };
        quote(text.as_bytes())
    }

    fn term(&mut self) -> Result<Option<Operand>> {
        let token = self.next_non_space();
        let kind = match token.kind {
            TokenKind::Identifier => {
                let function = self.functions.get(token.text).ok_or_else(|| {
                    self.error(format!(
                        "function {} not defined",
                        quote(token.text.as_bytes())
                    ))
                })?;
                OperandKind::Identifier(function)
            }
            TokenKind::Dot => OperandKind::Dot,
            TokenKind::Nil => OperandKind::Nil,
            TokenKind::Variable => self.use_variable(token)?,
            TokenKind::Field => OperandKind::Field(vec![field(token)]),
            TokenKind::Bool => OperandKind::Bool(token.text == "true"),
            TokenKind::CharConstant => self.number(parse_char(token.text))?,
            TokenKind::Complex => self.number(parse_complex(token.text))?,
            TokenKind::Number => self.number(parse_number(token.text))?,
            TokenKind::LeftParen => {
                if self.frame.paren_depth >= MAX_PARSE_DEPTH {
                    return Err(self.error("max expression depth exceeded"));
                }
                self.frame.paren_depth += 1;
                let pipe = self.pipeline("parenthesized pipeline", TokenKind::RightParen)?;
                self.frame.paren_depth -= 1;
                return Ok(Some(Operand {
                    pos: pipe.pos,
                    kind: OperandKind::Pipe(Box::new(pipe)),
                }));
            }
            TokenKind::String | TokenKind::RawString => {
                let text = unquote(token.text).ok_or_else(|| self.error("invalid syntax"))?;
                OperandKind::String {
                    value: Value::Str(Text::from_bytes(text)),
                    quoted: token.pos..token.pos + token.text.len(),
                }
            }
            _ => {
                self.backup();
                return Ok(None);
            }
        };
        Ok(Some(Operand {
            pos: token.pos,
            kind,
        }))
    }

    fn number(&self, number: std::result::Result<Number, String>) -> Result<OperandKind> {
        let number = number.map_err(|message| self.error(message))?;
        Ok(OperandKind::Number(Box::new(number)))
    }

    fn use_variable(&mut self, token: Token<'t>) -> Result<OperandKind> {
        let id = self.variables.id(token.text);
        if !self.frame.scope.contains(&id) {
            let name = quote(token.text.as_bytes());
            return Err(self.error(format!("undefined variable {name}")));
        }
        Ok(OperandKind::Variable {
            variable: Variable { id },
            fields: Vec::new(),
        })
    }
}

/// The name of a field token, without its dot.
fn field(token: Token<'_>) -> Text {
    Text::from(token.text.trim_start_matches('.'))
}
