//! When a started process answers.
//!
//! The first tries come fast, because an app may be up within a millisecond and the interval between tries is what a waiting request
//! feels; then they get rarer. Knative's fixed 50 ms would dominate every cold start of a small app.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Empty;
use hyper::Request;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::manifest::workload::HttpProbe;

/// The first pauses, in microseconds; kept by a thread, since timers of the runtime have a grain of a millisecond.
const EARLY: [u64; 6] = [500, 1000, 2000, 4000, 8000, 16_000];
/// How long one probe may take.
const PROBE_LIMIT: Duration = Duration::from_millis(100);
/// An app that has not answered on its own port for this long may listen on another.
const LOOK_ELSEWHERE: Duration = Duration::from_millis(300);

/// A process that answers.
#[derive(Debug)]
pub(super) struct Ready {
    /// Where.
    pub(super) address: SocketAddr,
    /// A connection that is open, unless a probe used it up.
    pub(super) stream: Option<TcpStream>,
}

/// Waits until the process `pid` answers on `port`; the caller ends the wait when the process does.
///
/// An app that does not heed `PORT` is found by the port that its process listens on.
pub(super) async fn until_ready(port: u16, pid: u32, probe: Option<&HttpProbe>) -> Ready {
    let start = Instant::now();
    let early = tokio::task::spawn_blocking(move || early_connect(port))
        .await
        .ok()
        .flatten();
    if let Some(stream) = early
        && let Some(ready) = accept(stream, probe).await
    {
        return ready;
    }
    let mut found = None;
    loop {
        let waited = start.elapsed();
        if found.is_none() && waited >= LOOK_ELSEWHERE {
            found = tokio::task::spawn_blocking(move || listening_port(pid))
                .await
                .ok()
                .flatten();
        }
        for address in loopback(found.unwrap_or(port)) {
            let connected = tokio::time::timeout(PROBE_LIMIT, TcpStream::connect(address)).await;
            if let Ok(Ok(stream)) = connected
                && let Some(ready) = accept(stream, probe).await
            {
                return ready;
            }
        }
        tokio::time::sleep(pause(waited)).await;
    }
}

fn pause(waited: Duration) -> Duration {
    Duration::from_millis(match waited.as_secs() {
        0 => 25,
        1..10 => 50,
        _ => 250,
    })
}

fn loopback(port: u16) -> [SocketAddr; 2] {
    [
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port),
        SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), port),
    ]
}

fn early_connect(port: u16) -> Option<TcpStream> {
    let [address, _] = loopback(port);
    EARLY.into_iter().find_map(|micros| {
        std::thread::sleep(Duration::from_micros(micros));
        let stream = std::net::TcpStream::connect_timeout(&address, PROBE_LIMIT).ok()?;
        stream.set_nonblocking(true).ok()?;
        stream.set_nodelay(true).ok()?;
        TcpStream::from_std(stream).ok()
    })
}

async fn accept(stream: TcpStream, probe: Option<&HttpProbe>) -> Option<Ready> {
    let address = stream.peer_addr().ok()?;
    // The kernel may connect a socket to itself when the port lies in its own range.
    if stream.local_addr().ok()? == address {
        return None;
    }
    let Some(probe) = probe else {
        return Some(Ready {
            address,
            stream: Some(stream),
        });
    };
    let passed = tokio::time::timeout(PROBE_LIMIT, passes(stream, probe)).await;
    passed.unwrap_or(false).then_some(Ready {
        address,
        stream: None,
    })
}

/// Whether the probe is answered with a status from 200 to 399.
async fn passes(stream: TcpStream, probe: &HttpProbe) -> bool {
    let mut request = Request::get(&probe.path)
        .header("host", "localhost")
        .header("user-agent", "kube-probe/landfall");
    for (name, value) in &probe.headers {
        request = request.header(name, value);
    }
    let (Ok(request), Ok((mut sender, connection))) = (
        request.body(Empty::<Bytes>::new()),
        http1::handshake(TokioIo::new(stream)).await,
    ) else {
        return false;
    };
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    connection.abort();
    answer.is_ok_and(|answer| (200..400).contains(&answer.status().as_u16()))
}

/// The smallest port on which a process of the session of `pid` listens. `None` where there is no `/proc`.
fn listening_port(pid: u32) -> Option<u16> {
    let sockets = session_sockets(pid);
    ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .flat_map(|table| listeners(&table))
        .filter(|(_, inode)| sockets.contains(inode))
        .map(|(port, _)| port)
        .min()
}

/// Port and inode of every listening socket in the text of `/proc/net/tcp`.
fn listeners(table: &str) -> Vec<(u16, u64)> {
    const LISTEN: &str = "0A";
    table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let port = u16::from_str_radix(fields.get(1)?.rsplit_once(':')?.1, 16).ok()?;
            (*fields.get(3)? == LISTEN).then_some(())?;
            Some((port, fields.get(9)?.parse().ok()?))
        })
        .collect()
}

/// The inodes of the sockets of every process in the session that `leader` leads.
fn session_sockets(leader: u32) -> Vec<u64> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| session_of(*pid) == Some(leader))
        .flat_map(sockets_of)
        .collect()
}

fn session_of(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()
}

fn sockets_of(pid: u32) -> Vec<u64> {
    let Ok(entries) = fs::read_dir(format!("/proc/{pid}/fd")) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| {
            link.to_str()?
                .strip_prefix("socket:[")?
                .strip_suffix(']')?
                .parse()
                .ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_sockets_is_read() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
             0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n   \
             1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 100 0 0 10 0\n";
        assert_eq!(listeners(table), [(8080, 4711)]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_port_of_a_process_is_found() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let table = fs::read_to_string("/proc/net/tcp").expect("a table");
        let own = sockets_of(std::process::id());
        assert!(
            listeners(&table)
                .iter()
                .any(|(found, inode)| *found == port && own.contains(inode))
        );
    }

    #[tokio::test]
    async fn a_listener_is_ready_at_once_and_a_probe_waits_for_its_answer() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let ready = until_ready(port, 0, None).await;
        assert_eq!(ready.address.port(), port);
        assert!(ready.stream.is_some());
        let probe = HttpProbe {
            path: "/".to_owned(),
            headers: Vec::new(),
        };
        let silent = tokio::time::timeout(
            Duration::from_millis(300),
            until_ready(port, 0, Some(&probe)),
        )
        .await;
        assert!(silent.is_err(), "nobody answers the probe");
    }
}
