//! Serverless decisions as pure functions: when an app scales, wakes, sleeps, and which instance answers.
//!
//! Nothing here reads a clock, starts a process or opens a socket. Time is a [`Moment`] that the caller hands in, chance is a number that
//! the caller draws. So the local platform, a simulation and a recorded trace run the same code.
//!
//! The arithmetic is that of the Knative Pod Autoscaler (knative/serving `pkg/autoscaler`, v1.23), operation for operation, because a
//! developer who moves from one machine to a cluster must not see a different scale for the same load.
//!
//! | module | answers |
//! |---|---|
//! | [`annotations`] | what a Knative Service asks for, and what is wrong with it |
//! | [`target`] | the load that one instance is meant to carry |
//! | [`stats`] | the load that was seen, second by second |
//! | [`window`] | averages over the last minute and the last seconds; [`delay`] the largest wish of late |
//! | [`decider`] | how many instances the load asks for |
//! | [`bounds`] | the same within minimum and maximum, and whether the last one may go |
//! | [`throttler`], [`balance`], [`capacity`] | who runs, who waits, who is turned away, and where |
//! | [`backoff`] | when a crashed instance is started anew |
//! | [`route`] | which revision a host name leads to |
//! | [`revision`] | the name of a revision, from its content |
//!
//! Start reading at [`decider::Decider::decide`].

pub mod annotations;
pub mod backoff;
pub mod balance;
pub mod bounds;
pub mod capacity;
pub mod decider;
pub mod delay;
pub mod revision;
pub mod route;
pub mod stats;
pub mod target;
pub mod throttler;
pub mod window;

use std::time::Duration;

/// A point in time: the distance from a base that the caller chooses once and never moves.
///
/// Feed it from a monotonic clock, so that a correction of the wall clock does not clear the windows.
pub type Moment = Duration;
