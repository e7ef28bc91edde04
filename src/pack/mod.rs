//! Language build packs: what they are, which one fits a repository, and what importing with one would write.
//!
//! Packs are data. They never run code at import.

pub mod detect;
