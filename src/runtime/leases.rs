//! Loopback ports for instances.
//!
//! They come from a range below the kernel's ephemeral ports, so that no outgoing connection takes one away.

use std::collections::HashSet;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::clock::draw;

/// The ports that are handed out.
const PORTS: Range<u16> = 20_000..30_000;

/// Hands out ports; clones share them.
#[derive(Clone, Debug)]
pub(super) struct PortLeases(Arc<Mutex<Leases>>);

#[derive(Debug)]
struct Leases {
    next: u16,
    taken: HashSet<u16>,
}

/// A port that nobody else gets until this is dropped.
#[derive(Debug)]
pub(super) struct PortLease {
    port: u16,
    leases: PortLeases,
}

impl PortLease {
    pub(super) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for PortLease {
    fn drop(&mut self) {
        let mut leases = self.leases.0.lock().unwrap_or_else(PoisonError::into_inner);
        leases.taken.remove(&self.port);
    }
}

impl PortLeases {
    /// Begins at a random port, so that several residents on one machine rarely meet.
    pub(super) fn new() -> Self {
        let offset = draw() % PORTS.len() as u64;
        Self(Arc::new(Mutex::new(Leases {
            next: PORTS.start + offset as u16,
            taken: HashSet::new(),
        })))
    }

    /// A port that nobody listens on; `None` when all are taken.
    pub(super) fn lease(&self) -> Option<PortLease> {
        let mut leases = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in PORTS {
            let port = leases.next;
            leases.next = if port + 1 == PORTS.end {
                PORTS.start
            } else {
                port + 1
            };
            if !leases.taken.contains(&port)
                && TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok()
            {
                leases.taken.insert(port);
                return Some(PortLease {
                    port,
                    leases: self.clone(),
                });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_leased_once_and_comes_back() {
        let leases = PortLeases::new();
        let first = leases.lease().expect("a port");
        let second = leases.lease().expect("a port");
        assert_ne!(first.port(), second.port());
        assert!(PORTS.contains(&first.port()));
        drop((first, second));
        assert!(leases.0.lock().expect("not poisoned").taken.is_empty());
    }
}
