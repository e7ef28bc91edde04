//! Keys without `?`, found only at their `:`, and the indentation that opens and closes block collections.

use super::scanner::{Scanned, Scanner};
use super::token::{Mark, Problem, Token, TokenKind};
use crate::limits::{MAX_DEPTH, MAX_SIMPLE_KEY_CHARS};

/// A place where a key without `?` could have begun.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SimpleKey {
    pub(super) possible: bool,
    pub(super) required: bool,
    pub(super) token_number: usize,
    pub(super) mark: Mark,
}

/// The number of the token that a possible simple key begins with, to the key's place in the stack of keys.
///
/// Numbers only grow, and most documents have one key at a time: a sorted list is a map without hashing.
#[derive(Debug, Default)]
pub(super) struct KeysByToken(Vec<(usize, usize)>);

impl KeysByToken {
    pub(super) fn get(&self, token: usize) -> Option<usize> {
        let at = self.find(token).ok()?;
        Some(self.0[at].1)
    }

    fn insert(&mut self, token: usize, place: usize) {
        match self.find(token) {
            Ok(at) => self.0[at].1 = place,
            Err(at) => self.0.insert(at, (token, place)),
        }
    }

    pub(super) fn remove(&mut self, token: usize) {
        if let Ok(at) = self.find(token) {
            self.0.remove(at);
        }
    }

    fn find(&self, token: usize) -> Result<usize, usize> {
        self.0.binary_search_by_key(&token, |(token, _)| *token)
    }
}

impl Scanner<'_> {
    pub(super) fn simple_key_is_valid(&mut self, place: usize) -> Scanned<bool> {
        let key = self.simple_keys[place];
        if !key.possible {
            return Ok(false);
        }
        if key.mark.line < self.mark.line || key.mark.index + MAX_SIMPLE_KEY_CHARS < self.mark.index
        {
            if key.required {
                return self.problem(key.mark, "could not find expected ':'");
            }
            self.simple_keys[place].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    pub(super) fn save_simple_key(&mut self) -> Scanned {
        if self.simple_key_allowed {
            let required = self.flow_level == 0 && self.indent == self.mark.column as isize;
            let token_number = self.tokens_parsed + self.tokens.len();
            self.remove_simple_key()?;
            let last = self.simple_keys.len() - 1;
            self.simple_keys[last] = SimpleKey {
                possible: true,
                required,
                token_number,
                mark: self.mark,
            };
            self.simple_keys_by_token.insert(token_number, last);
        }
        Ok(())
    }

    pub(super) fn remove_simple_key(&mut self) -> Scanned {
        let mark = self.mark;
        if let Some(key) = self.simple_keys.last_mut()
            && key.possible
        {
            if key.required {
                return Err(Problem {
                    text: "could not find expected ':'",
                    mark,
                    context: key.mark,
                    scanner: true,
                });
            }
            key.possible = false;
            self.simple_keys_by_token.remove(key.token_number);
        }
        Ok(())
    }

    pub(super) fn increase_flow_level(&mut self) -> Scanned {
        // The number is that of the bracket itself: closing it takes back the bracket's own chance to be a key, so that
        // `[]: x` is a list followed by something that nobody reads.
        self.simple_keys.push(SimpleKey {
            token_number: self.tokens_parsed + self.tokens.len(),
            mark: self.mark,
            ..SimpleKey::default()
        });
        self.flow_level += 1;
        if self.flow_level > MAX_DEPTH {
            self.too_deep()
        } else {
            Ok(())
        }
    }

    pub(super) fn too_deep<T>(&self) -> Scanned<T> {
        self.problem(self.mark, "exceeded max depth of 1000")
    }

    pub(super) fn decrease_flow_level(&mut self) {
        if self.flow_level > 0 {
            self.flow_level -= 1;
            if let Some(key) = self.simple_keys.pop() {
                self.simple_keys_by_token.remove(key.token_number);
            }
        }
    }

    /// Opens a block collection when `column` is deeper than the current one; `number` is where its token belongs.
    pub(super) fn roll_indent(
        &mut self,
        column: usize,
        number: Option<usize>,
        kind: TokenKind,
        mark: Mark,
    ) -> Scanned {
        if self.flow_level == 0 && self.indent < column as isize {
            self.indents.push(self.indent);
            self.indent = column as isize;
            if self.indents.len() > MAX_DEPTH {
                return self.too_deep();
            }
            let token = Token {
                kind,
                start: mark,
                end: mark,
            };
            self.insert(number, token);
        }
        Ok(())
    }

    /// Puts a token in front of the one with a number, or last when that one is gone.
    pub(super) fn insert(&mut self, number: Option<usize>, token: Token) {
        match number.and_then(|number| number.checked_sub(self.tokens_parsed)) {
            Some(place) => self.tokens.insert(place.min(self.tokens.len()), token),
            None => self.tokens.push_back(token),
        }
    }

    pub(super) fn unroll_indent(&mut self, column: isize) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, self.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }
}
