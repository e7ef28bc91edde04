//! The listening sockets.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// Connections that wait to be accepted. The usual 128 overflows when 300 clients come at once, and each one that does not fit is retried
/// by its kernel after a whole second.
const BACKLOG: u32 = 4096;
/// When the port is taken, the next free one of this many is used.
const PORTS_TO_TRY: u16 = 100;
/// A pause when the process has no file descriptor left.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// Loopback sockets of one port: IPv4, and IPv6 where there is one.
#[derive(Debug)]
pub(in crate::runtime) struct Listeners {
    four: TcpListener,
    six: Option<TcpListener>,
}

/// Listens on `port`, or the next free one; returns which.
///
/// # Errors
/// No port from `port` on is free.
pub(in crate::runtime) fn bind(port: u16) -> io::Result<(Listeners, u16)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for offset in 0..PORTS_TO_TRY {
        let Some(candidate) = port.checked_add(offset) else {
            break;
        };
        match listen(IpAddr::V4(Ipv4Addr::LOCALHOST), candidate) {
            Ok(four) => {
                // A browser tries both; a machine without IPv6 is fine.
                let six = listen(IpAddr::V6(Ipv6Addr::LOCALHOST), candidate).ok();
                return Ok((Listeners { four, six }, candidate));
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn listen(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::new(address, port))?;
    socket.listen(BACKLOG)
}

impl Listeners {
    /// The next connection.
    pub(in crate::runtime) async fn accept(&self) -> (TcpStream, SocketAddr) {
        loop {
            let accepted = match &self.six {
                Some(six) => tokio::select! {
                    accepted = self.four.accept() => accepted,
                    accepted = six.accept() => accepted,
                },
                None => self.four.accept().await,
            };
            match accepted {
                Ok(accepted) => return accepted,
                // The client went away, or too many files are open: neither ends the gateway.
                Err(_) => tokio::time::sleep(EXHAUSTED).await,
            }
        }
    }
}
