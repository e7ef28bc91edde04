//! Integers under Go's verbs.

use super::printer::{Flags, Printer};

impl Printer<'_> {
    /// An integer in a base; `negative` and `magnitude` together are the value.
    pub(super) fn integer(&mut self, negative: bool, magnitude: u64, base: u32, verb: char) {
        let flags = self.flags;
        let mut digits = match base {
            2 => format!("{magnitude:b}"),
            8 => format!("{magnitude:o}"),
            16 if verb == 'X' => format!("{magnitude:X}"),
            16 => format!("{magnitude:x}"),
            _ => magnitude.to_string(),
        };
        let signed = negative || flags.plus || flags.space;
        // %.3d and %03d both ask for leading zeros; a precision switches the zero flag off.
        let least = match flags.precision {
            Some(0) if magnitude == 0 => {
                self.padding(flags.width.unwrap_or(0), b' ');
                return;
            }
            Some(precision) => precision,
            None if flags.zero && !flags.minus => {
                flags.width.unwrap_or(0).saturating_sub(usize::from(signed))
            }
            None => 0,
        };
        if digits.len() < least {
            digits.insert_str(0, &"0".repeat(least - digits.len()));
        }
        let octal = if verb == 'O' { "0o" } else { "" };
        let prefix = match base {
            2 if flags.sharp => "0b",
            8 if flags.sharp && !digits.starts_with('0') => "0",
            16 if flags.sharp && verb == 'X' => "0X",
            16 if flags.sharp => "0x",
            _ => "",
        };
        let sign = if negative {
            "-"
        } else if flags.plus {
            "+"
        } else if flags.space {
            " "
        } else {
            ""
        };
        self.flags = Flags {
            zero: false,
            ..flags
        };
        self.pad(format!("{sign}{octal}{prefix}{digits}").as_bytes());
        self.flags = flags;
    }

    /// `%U`: `U+0078`, with the sharp flag `U+0078 'x'`.
    pub(super) fn unicode(&mut self, code: u64) {
        let flags = self.flags;
        let least = flags.precision.unwrap_or(0).max(4);
        let mut digits = format!("{code:X}");
        if digits.len() < least {
            digits.insert_str(0, &"0".repeat(least - digits.len()));
        }
        let shown = u32::try_from(code).ok().and_then(char::from_u32);
        let quoted = match shown.filter(|shown| flags.sharp && crate::quote::is_print(*shown)) {
            Some(shown) => format!(" '{shown}'"),
            None => String::new(),
        };
        self.flags.zero = false;
        self.pad(format!("U+{digits}{quoted}").as_bytes());
        self.flags = flags;
    }
}
