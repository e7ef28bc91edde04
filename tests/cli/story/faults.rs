//! C-17 and C-19: an import that fails or is killed at each of its calls, one after the other. The calls are those of an import that
//! nothing disturbs, so whatever it will do one day is in the sweep from that day on.

mod checkout;
mod files;
mod git;
mod order;
mod trace;
