//! The one integration-test binary: sessions with the real program, one file per subcommand, and checks of the tree.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on ends with a panic"
)]

mod architecture;
mod chart_server;
mod cluster;
mod commands;
mod disk;
mod docker_registry;
mod features;
mod packs;
mod runtime;
mod session;
mod story;
mod tls_door;
mod tree;
