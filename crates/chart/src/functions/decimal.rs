//! Decimal arithmetic of github.com/shopspring/decimal, as far as `addf` and its kin use it.

use gotpl::Error;
use gotpl::format::float::format_plain;

use super::Result;

/// The digits after the point that a division keeps.
const DIVISION_PRECISION: u32 = 16;

/// `mantissa * 10^exponent`.
///
/// 128 bits hold any sum of ordinary floats and the product of two; beyond that the callers go on with floats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// The decimal that the float prints as.
    ///
    /// # Errors
    /// What `NewFromFloat` panics with for NaN and infinity. `None` if it does not fit.
    pub(super) fn from_float(number: f64) -> Result<Option<Self>> {
        if !number.is_finite() {
            let shown = gotpl::format::float::format_shortest(number);
            return Err(Error::message(format!(
                "Cannot create a Decimal from {shown}"
            )));
        }
        let text = format_plain(number);
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mantissa = format!("{whole}{fraction}").parse().ok();
        let exponent = i32::try_from(fraction.len()).unwrap_or(i32::MAX);
        Ok(mantissa.map(|mantissa| Self {
            mantissa,
            exponent: -exponent,
        }))
    }

    /// The nearest float.
    pub(super) fn to_float(self) -> f64 {
        format!("{}e{}", self.mantissa, self.exponent)
            .parse()
            .unwrap_or(f64::NAN)
    }

    fn scaled_to(self, exponent: i32) -> Option<i128> {
        let shift = u32::try_from(self.exponent - exponent).ok()?;
        self.mantissa.checked_mul(10_i128.checked_pow(shift)?)
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let mantissa = self
            .scaled_to(exponent)?
            .checked_add(other.scaled_to(exponent)?)?;
        Some(Self { mantissa, exponent })
    }

    pub(super) fn negated(self) -> Self {
        Self {
            mantissa: -self.mantissa,
            ..self
        }
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(other.mantissa)?;
        Some(Self {
            mantissa,
            exponent: self.exponent + other.exponent,
        })
    }

    /// Divides to 16 digits after the point, halves away from zero.
    pub(super) fn divide(self, other: Self) -> Option<Self> {
        let precision = i32::try_from(DIVISION_PRECISION).ok()?;
        let shift = self.exponent - other.exponent + precision;
        let (numerator, denominator) = if shift >= 0 {
            let scale = 10_i128.checked_pow(u32::try_from(shift).ok()?)?;
            (self.mantissa.checked_mul(scale)?, other.mantissa)
        } else {
            let scale = 10_i128.checked_pow(u32::try_from(-shift).ok()?)?;
            (self.mantissa, other.mantissa.checked_mul(scale)?)
        };
        let mut quotient = numerator.checked_div(denominator)?;
        let remainder = numerator.checked_rem(denominator)?;
        if remainder.checked_abs()?.checked_mul(2)? >= denominator.checked_abs()? {
            quotient += if (numerator < 0) == (denominator < 0) {
                1
            } else {
                -1
            };
        }
        Some(Self {
            mantissa: quotient,
            exponent: -precision,
        })
    }

    pub(super) fn is_zero(self) -> bool {
        self.mantissa == 0
    }
}
