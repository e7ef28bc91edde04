//! Whole stories with the real program: what a user lives through, from the first import to a disk that is full.

mod faults;
mod first_session;
mod full_disk;
mod killed;
mod markdown;
mod several_apps;
