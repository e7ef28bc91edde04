//! The local platform with real processes: `world` is the platform of a test, the other files are what must hold.

mod cold_start;
mod crashes;
mod deployments;
mod entry;
mod killed;
mod releases;
mod scaling;
mod world;
