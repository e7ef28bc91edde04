//! The one integration-test binary: sessions with the real program, one file per subcommand, and checks of the tree.

mod architecture;
mod commands;
mod runtime;
mod session;
mod tree;
