//! The load of one source, as time-weighted means between two reports.
//!
//! knative/networking `pkg/http/stats/request.go`; the first-request rule is `pkg/activator/handler/concurrency_reporter.go` of
//! knative/serving.

use crate::Moment;

/// Where a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Straight from a client.
    Direct,
    /// Through a proxy that reports it as well.
    Proxied,
}

/// What happened since the last report.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// Mean number of requests in flight.
    pub concurrency: f64,
    /// The part of it that another proxy reports.
    pub proxied_concurrency: f64,
    /// Requests that arrived.
    pub requests: f64,
    /// The part of them that another proxy reports.
    pub proxied_requests: f64,
}

impl Report {
    /// The load to record for `concurrency` scaling: what nobody else reports.
    pub fn own_concurrency(&self) -> f64 {
        self.concurrency - self.proxied_concurrency
    }

    /// The load to record for `rps` scaling: what nobody else reports.
    pub fn own_requests(&self) -> f64 {
        self.requests - self.proxied_requests
    }
}

/// Counts requests from the moment they are admitted, so that those that wait count.
#[derive(Clone, Debug)]
pub struct RequestStats {
    last_change: Moment,
    in_flight: f64,
    proxied_in_flight: f64,
    seconds: f64,
    request_seconds: f64,
    proxied_request_seconds: f64,
    requests: f64,
    proxied_requests: f64,
}

impl RequestStats {
    /// Starts counting at `now`.
    pub fn new(now: Moment) -> Self {
        Self {
            last_change: now,
            in_flight: 0.0,
            proxied_in_flight: 0.0,
            seconds: 0.0,
            request_seconds: 0.0,
            proxied_request_seconds: 0.0,
            requests: 0.0,
            proxied_requests: 0.0,
        }
    }

    /// A request was admitted.
    pub fn arrived(&mut self, now: Moment, origin: Origin) {
        self.advance(now);
        self.in_flight += 1.0;
        self.requests += 1.0;
        if origin == Origin::Proxied {
            self.proxied_in_flight += 1.0;
            self.proxied_requests += 1.0;
        }
    }

    /// A request was answered or given up.
    pub fn left(&mut self, now: Moment, origin: Origin) {
        self.advance(now);
        self.in_flight -= 1.0;
        if origin == Origin::Proxied {
            self.proxied_in_flight -= 1.0;
        }
    }

    /// Requests in flight now.
    pub fn in_flight(&self) -> f64 {
        self.in_flight
    }

    /// The means since the last report; counters start anew, requests in flight stay.
    pub fn report(&mut self, now: Moment) -> Report {
        self.advance(now);
        let mut report = Report {
            requests: self.requests,
            proxied_requests: self.proxied_requests,
            ..Report::default()
        };
        if self.seconds > 0.0 {
            report.concurrency = self.request_seconds / self.seconds;
            report.proxied_concurrency = self.proxied_request_seconds / self.seconds;
        }
        *self = Self {
            in_flight: self.in_flight,
            proxied_in_flight: self.proxied_in_flight,
            ..Self::new(self.last_change)
        };
        report
    }

    /// Events may arrive out of order; time that went back counts as none.
    fn advance(&mut self, now: Moment) {
        let passed = now.saturating_sub(self.last_change);
        if !passed.is_zero() {
            let seconds = passed.as_secs_f64();
            self.seconds += seconds;
            self.request_seconds += self.in_flight * seconds;
            self.proxied_request_seconds += self.proxied_in_flight * seconds;
            self.last_change = now;
        }
    }
}

/// The load of a revision as its proxy reports it.
///
/// The first request after silence is reported at once, as one request in flight, so that a sleeping revision wakes without waiting for
/// the second to end; the regular report of that second then leaves it out.
#[derive(Clone, Debug)]
pub struct ProxyStats {
    stats: RequestStats,
    announced: bool,
    quiet: bool,
}

impl ProxyStats {
    /// Starts counting at `now`, in silence.
    pub fn new(now: Moment) -> Self {
        Self {
            stats: RequestStats::new(now),
            announced: false,
            quiet: true,
        }
    }

    /// A request was admitted; true when it is to be reported at once as a load of 1.
    pub fn arrived(&mut self, now: Moment) -> bool {
        if self.quiet {
            self.stats.report(now);
        }
        self.stats.arrived(now, Origin::Direct);
        let announce = self.quiet;
        self.quiet = false;
        self.announced |= announce;
        announce
    }

    /// A request was answered or given up.
    pub fn left(&mut self, now: Moment) {
        self.stats.left(now, Origin::Direct);
    }

    /// Requests in flight and waiting.
    pub fn in_flight(&self) -> u32 {
        self.stats.in_flight().max(0.0) as u32
    }

    /// The report of the second that ends now.
    pub fn report(&mut self, now: Moment) -> Report {
        let mut report = self.stats.report(now);
        self.quiet = report.requests == 0.0 && self.stats.in_flight() <= 0.0;
        if std::mem::take(&mut self.announced) {
            report.concurrency = (report.concurrency - 1.0).max(0.0);
            report.requests = (report.requests - 1.0).max(0.0);
        }
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(millis: u64) -> Moment {
        Duration::from_millis(1_000_000 + millis)
    }

    enum Event {
        In(u64),
        Out(u64),
        Report(u64, f64, f64),
    }
    use Event::{In, Out, Report};

    #[test]
    fn means_follow_the_table_of_knative() {
        for (case, events) in [
            (
                "one for a second",
                vec![In(0), Out(1000), Report(1000, 1.0, 1.0)],
            ),
            (
                "half the time",
                vec![In(0), Out(3000), Report(6000, 0.5, 1.0)],
            ),
            (
                "one millisecond",
                vec![In(0), Out(1), Report(1000, 0.001, 1.0)],
            ),
            (
                "back to back",
                vec![
                    In(0),
                    Out(300),
                    In(300),
                    Out(600),
                    In(600),
                    Out(1000),
                    Report(1000, 1.0, 3.0),
                ],
            ),
            (
                "overlapping",
                vec![In(0), In(100), Out(600), Out(1000), Report(1000, 1.5, 2.0)],
            ),
            (
                "over two reports",
                vec![
                    In(0),
                    Report(1000, 1.0, 1.0),
                    Out(1500),
                    Report(2000, 0.5, 0.0),
                ],
            ),
            (
                "out of order",
                vec![
                    In(500),
                    In(499),
                    Out(1000),
                    Out(999),
                    Report(1000, 1.0, 2.0),
                ],
            ),
        ] {
            let mut stats = RequestStats::new(at(0));
            for event in events {
                match event {
                    In(millis) => stats.arrived(at(millis), Origin::Direct),
                    Out(millis) => stats.left(at(millis), Origin::Direct),
                    Report(millis, concurrency, requests) => {
                        let report = stats.report(at(millis));
                        assert!(
                            (report.concurrency - concurrency).abs() < 1e-9,
                            "{case}: {report:?}"
                        );
                        assert!(
                            (report.requests - requests).abs() < 1e-9,
                            "{case}: {report:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_another_proxy_reports_is_left_out() {
        let mut stats = RequestStats::new(at(0));
        stats.arrived(at(0), Origin::Proxied);
        stats.left(at(500), Origin::Proxied);
        let report = stats.report(at(1000));
        assert!((report.proxied_concurrency - 0.5).abs() < 1e-9);
        assert!(report.own_concurrency().abs() < 1e-9);
        assert!(report.own_requests().abs() < 1e-9);
    }

    #[test]
    fn the_first_request_is_announced_and_then_left_out_once() {
        let mut stats = ProxyStats::new(at(0));
        assert!(stats.arrived(at(0)));
        for _ in 1..300 {
            assert!(!stats.arrived(at(0)));
        }
        let first = stats.report(at(1000));
        assert!((first.concurrency - 299.0).abs() < 1e-9, "{first:?}");
        assert!((stats.report(at(2000)).concurrency - 300.0).abs() < 1e-9);
        assert_eq!(stats.in_flight(), 300);
    }

    #[test]
    fn silence_makes_the_next_request_the_first_again() {
        let mut stats = ProxyStats::new(at(0));
        assert!(stats.arrived(at(10)));
        stats.left(at(20));
        stats.report(at(1000));
        stats.report(at(2000));
        assert!(stats.arrived(at(2500)));
    }
}
