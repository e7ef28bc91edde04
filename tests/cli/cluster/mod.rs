//! What a real Kubernetes API server says of what landfall makes. No fake checks schemas, merges managed fields or knows who may do what.
//!
//! These tests are ignored by default: `eval "$(tests/cluster/build)"` builds the server, which takes minutes the first time, and tells
//! the tests where it is; then `cargo test --test cli -- --ignored cluster`. Each test has a server of its own.

mod api_server;
mod client;
mod packs;
mod servers;
