//! Which target a host name leads to.

use std::collections::BTreeMap;

/// The share of a target, in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share<T> {
    /// Where the requests go.
    pub target: T,
    /// How many of a hundred.
    pub percent: u32,
}

/// Host names and where they lead.
#[derive(Clone, Debug)]
pub struct RoutingTable<T> {
    routes: BTreeMap<String, Vec<Share<T>>>,
}

impl<T> Default for RoutingTable<T> {
    fn default() -> Self {
        Self {
            routes: BTreeMap::new(),
        }
    }
}

impl<T> RoutingTable<T> {
    /// Sends all requests for `host` to one target.
    pub fn insert(&mut self, host: &str, target: T) {
        self.split(
            host,
            vec![Share {
                target,
                percent: 100,
            }],
        );
    }

    /// Splits the requests for `host`. Shares are weights: they need not sum to a hundred.
    pub fn split(&mut self, host: &str, shares: Vec<Share<T>>) {
        self.routes.insert(normal_host(host), shares);
    }

    /// The target for a request; `draw` is a random number that decides between shares.
    ///
    /// `host` is the value of the header: a port and the case of letters do not matter. `None`: no such host, or nobody has a share.
    pub fn lookup(&self, host: &str, draw: u64) -> Option<&T> {
        let shares = self.routes.get(&normal_host(host))?;
        let total: u64 = shares.iter().map(|share| u64::from(share.percent)).sum();
        let mut left = draw.checked_rem(total)?;
        for share in shares {
            let percent = u64::from(share.percent);
            if left < percent {
                return Some(&share.target);
            }
            left -= percent;
        }
        None
    }

    /// All host names, sorted.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        self.routes.keys().map(String::as_str)
    }
}

/// The host name of an app in an environment, without the port.
pub fn app_host(app: &str, environment: &str) -> String {
    format!("{app}.{environment}.localhost")
}

/// The host name of one tagged revision of an app.
pub fn tag_host(tag: &str, app: &str, environment: &str) -> String {
    format!("{tag}-{app}.{environment}.localhost")
}

/// A `Host` header without its port, in lower case, without the dot of a full name.
pub fn normal_host(header: &str) -> String {
    let name = if header.starts_with('[') {
        header.split_inclusive(']').next().unwrap_or(header)
    } else {
        header.split(':').next().unwrap_or(header)
    };
    name.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_as_browsers_write_them() {
        let mut table = RoutingTable::default();
        table.insert(&app_host("shop", "staging"), 1);
        for header in [
            "shop.staging.localhost",
            "SHOP.staging.localhost:8080",
            "shop.staging.localhost.:80",
        ] {
            assert_eq!(table.lookup(header, 99), Some(&1), "{header}");
        }
        assert_eq!(table.lookup("other.staging.localhost", 0), None);
        assert_eq!(normal_host("[::1]:8080"), "[::1]");
    }

    #[test]
    fn shares_are_kept_over_all_draws() {
        let mut table = RoutingTable::default();
        let share = |target, percent| Share { target, percent };
        table.split(
            "a.localhost",
            vec![share("old", 95), share("new", 5), share("off", 0)],
        );
        let picked: Vec<&str> = (0..100)
            .filter_map(|draw| table.lookup("a.localhost", draw))
            .copied()
            .collect();
        assert_eq!(picked.iter().filter(|target| **target == "new").count(), 5);
        assert_eq!(picked.iter().filter(|target| **target == "old").count(), 95);
        table.split("b.localhost", vec![share("off", 0)]);
        assert_eq!(table.lookup("b.localhost", 3), None);
    }
}
