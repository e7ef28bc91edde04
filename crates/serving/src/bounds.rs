//! The wish of the autoscaler within minimum and maximum, and whether the last instance may go.
//!
//! knative/serving `pkg/reconciler/autoscaling/kpa/scaler.go`.

use std::time::Duration;

/// Whether traffic leads to a revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// A route names it.
    #[default]
    Reachable,
    /// Not known yet.
    Unknown,
    /// No route names it: it keeps no minimum.
    Unreachable,
}

/// What a revision is doing, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It has fewer ready instances than it must have.
    Activating(Duration),
    /// It has enough ready instances.
    Active(Duration),
    /// Nobody asks for it.
    Inactive(Duration),
}

/// Limits of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// At least this many instances while reachable.
    pub min: i32,
    /// At most this many; 0 is no limit.
    pub max: i32,
    /// A new revision proves itself with this many.
    pub initial: i32,
}

/// How the platform puts a revision to sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SleepPolicy {
    /// Whether a revision may have no instance at all.
    pub scale_to_zero: bool,
    /// How long an active revision must be without load.
    pub stable_window: Duration,
    /// How long the last instance stays after that, so that every proxy has learnt of it.
    pub grace: Duration,
    /// How long the last instance is kept in any case.
    pub retention: Duration,
    /// How long a start may take.
    pub progress_deadline: Duration,
    /// Whether the proxy is always in the path of requests (burst capacity -1, and always so on one machine).
    pub always_proxied: bool,
}

/// Added to the progress deadline before a start counts as failed.
pub const ACTIVATION_SLACK: Duration = Duration::from_secs(30);

/// The situation a verdict is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Whether traffic leads there.
    pub reach: Reach,
    /// What the revision is doing.
    pub activity: Activity,
    /// Whether it has had its initial scale once.
    pub initialised: bool,
    /// For how long requests have gone through the proxy.
    pub proxied_for: Duration,
    /// Whether the proxy answered the probe for this revision.
    pub proxy_answers: bool,
}

/// What to do with the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Have this many instances.
    Scale(i32),
    /// The revision counts as asleep, its last instance stays for now.
    Idle,
    /// No decision.
    Keep,
}

/// Puts the autoscaler's wish (`None`: it has no data) within `bounds` and decides about zero.
pub fn verdict(
    wanted: Option<i32>,
    bounds: &Bounds,
    policy: &SleepPolicy,
    now: &Situation,
) -> Verdict {
    let activating = matches!(now.activity, Activity::Activating(_));
    if wanted.is_none() && !activating {
        return Verdict::Keep;
    }
    match clamp(wanted.unwrap_or(-1), bounds, now) {
        0 => zero(policy, now),
        scale => Verdict::Scale(scale),
    }
}

fn clamp(wanted: i32, bounds: &Bounds, now: &Situation) -> i32 {
    let reachable = now.reach != Reach::Unreachable;
    let mut min = if reachable { bounds.min } else { 0 };
    if reachable && !now.initialised && bounds.initial > 1 {
        min = min.max(bounds.initial);
    }
    if bounds.max > 0 && wanted > bounds.max {
        return bounds.max;
    }
    wanted.max(min)
}

fn zero(policy: &SleepPolicy, now: &Situation) -> Verdict {
    if !policy.scale_to_zero {
        return Verdict::Scale(1);
    }
    let retention = if now.reach == Reach::Unreachable {
        Duration::ZERO
    } else {
        policy.retention
    };
    match now.activity {
        Activity::Activating(since) if since > policy.progress_deadline + ACTIVATION_SLACK => {
            Verdict::Scale(0)
        }
        Activity::Activating(_) => Verdict::Keep,
        Activity::Active(since) if since >= policy.stable_window => Verdict::Idle,
        Activity::Active(_) => Verdict::Scale(1),
        Activity::Inactive(_) if !policy.always_proxied && !now.proxy_answers => Verdict::Idle,
        Activity::Inactive(since) if since >= policy.grace.max(retention) => Verdict::Scale(0),
        Activity::Inactive(since) if since < retention => Verdict::Idle,
        Activity::Inactive(_) if now.proxied_for >= policy.grace => Verdict::Scale(0),
        Activity::Inactive(_) => Verdict::Idle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WINDOW: Duration = Duration::from_secs(45);
    const GRACE: Duration = Duration::from_mins(1);
    const SECOND: Duration = Duration::from_secs(1);
    const POLICY: SleepPolicy = SleepPolicy {
        scale_to_zero: true,
        stable_window: WINDOW,
        grace: GRACE,
        retention: Duration::ZERO,
        progress_deadline: Duration::from_secs(121),
        always_proxied: false,
    };
    const FREE: Bounds = Bounds {
        min: 0,
        max: 0,
        initial: 1,
    };
    const MIN_TWO: Bounds = Bounds { min: 2, ..FREE };

    fn situation(activity: Activity) -> Situation {
        Situation {
            reach: Reach::Reachable,
            activity,
            initialised: true,
            proxied_for: Duration::ZERO,
            proxy_answers: true,
        }
    }

    #[test]
    fn sleep_follows_the_table_of_knative() {
        use Activity::{Activating, Active, Inactive};
        let kept = |retention| SleepPolicy {
            retention,
            ..POLICY
        };
        let proxied = |activity, proxied_for| Situation {
            proxied_for,
            ..situation(activity)
        };
        let reach = |activity, reach| Situation {
            reach,
            ..situation(activity)
        };
        let unreachable = |activity| reach(activity, Reach::Unreachable);
        let unproven = |activity| Situation {
            initialised: false,
            ..situation(activity)
        };
        let unanswered = |activity| Situation {
            proxy_answers: false,
            ..situation(activity)
        };
        let timeout = POLICY.progress_deadline + ACTIVATION_SLACK;
        let max_eight = Bounds { max: 8, ..FREE };
        let initial_two = Bounds { initial: 2, ..FREE };
        let never_zero = SleepPolicy {
            scale_to_zero: false,
            ..POLICY
        };
        let always_proxied = SleepPolicy {
            always_proxied: true,
            ..POLICY
        };
        for (case, wanted, bounds, policy, now, expected) in [
            (
                "active for less than a window",
                Some(0),
                FREE,
                POLICY,
                situation(Active(WINDOW.checked_sub(SECOND).unwrap())),
                Verdict::Scale(1),
            ),
            (
                "active for a window",
                Some(0),
                FREE,
                POLICY,
                situation(Active(WINDOW)),
                Verdict::Idle,
            ),
            (
                "inactive for the grace",
                Some(0),
                FREE,
                POLICY,
                situation(Inactive(GRACE)),
                Verdict::Scale(0),
            ),
            (
                "retention as long as the grace",
                Some(0),
                FREE,
                kept(GRACE),
                situation(Inactive(GRACE)),
                Verdict::Scale(0),
            ),
            (
                "retention twice the grace",
                Some(0),
                FREE,
                kept(2 * GRACE),
                situation(Inactive(GRACE)),
                Verdict::Idle,
            ),
            (
                "proxied for too short",
                Some(0),
                FREE,
                POLICY,
                proxied(
                    Inactive(GRACE.checked_sub(SECOND).unwrap()),
                    GRACE.checked_sub(SECOND).unwrap(),
                ),
                Verdict::Idle,
            ),
            (
                "proxied for the grace",
                Some(0),
                FREE,
                POLICY,
                proxied(Inactive(GRACE.checked_sub(SECOND).unwrap()), GRACE),
                Verdict::Scale(0),
            ),
            (
                "proxied for the grace and retained",
                Some(0),
                FREE,
                kept(Duration::from_secs(42)),
                proxied(Inactive(GRACE.checked_sub(SECOND).unwrap()), GRACE),
                Verdict::Scale(0),
            ),
            (
                "always proxied: nobody probes",
                Some(0),
                FREE,
                always_proxied,
                unanswered(Inactive(GRACE)),
                Verdict::Scale(0),
            ),
            (
                "the probe fails",
                Some(0),
                FREE,
                POLICY,
                unanswered(Inactive(GRACE)),
                Verdict::Idle,
            ),
            (
                "activating",
                Some(0),
                FREE,
                POLICY,
                situation(Activating(timeout / 2)),
                Verdict::Keep,
            ),
            (
                "activating for too long",
                Some(0),
                FREE,
                POLICY,
                situation(Activating(timeout + SECOND)),
                Verdict::Scale(0),
            ),
            (
                "a minimum, reachable",
                Some(0),
                MIN_TWO,
                POLICY,
                situation(Inactive(GRACE)),
                Verdict::Scale(2),
            ),
            (
                "a minimum, unknown",
                Some(0),
                MIN_TWO,
                POLICY,
                reach(Inactive(GRACE), Reach::Unknown),
                Verdict::Scale(2),
            ),
            (
                "a minimum, unreachable",
                Some(0),
                MIN_TWO,
                POLICY,
                unreachable(Inactive(GRACE)),
                Verdict::Scale(0),
            ),
            (
                "unreachable is not retained",
                Some(0),
                FREE,
                kept(10 * GRACE),
                unreachable(Inactive(GRACE)),
                Verdict::Scale(0),
            ),
            (
                "unreachable keeps the grace",
                Some(0),
                FREE,
                kept(10 * GRACE),
                unreachable(Inactive(GRACE.checked_sub(SECOND).unwrap())),
                Verdict::Idle,
            ),
            (
                "over the maximum",
                Some(10),
                max_eight,
                POLICY,
                situation(Active(SECOND)),
                Verdict::Scale(8),
            ),
            (
                "no data while active",
                None,
                FREE,
                POLICY,
                situation(Active(SECOND)),
                Verdict::Keep,
            ),
            (
                "no data while inactive",
                None,
                FREE,
                POLICY,
                situation(Inactive(SECOND)),
                Verdict::Keep,
            ),
            (
                "initial scale not reached",
                Some(1),
                initial_two,
                POLICY,
                unproven(Activating(SECOND)),
                Verdict::Scale(2),
            ),
            (
                "initial scale reached",
                Some(0),
                initial_two,
                POLICY,
                situation(Active(SECOND)),
                Verdict::Scale(1),
            ),
            (
                "zero is off",
                Some(0),
                FREE,
                never_zero,
                situation(Inactive(GRACE)),
                Verdict::Scale(1),
            ),
            (
                "zero is off, with a minimum",
                Some(0),
                MIN_TWO,
                never_zero,
                situation(Inactive(GRACE)),
                Verdict::Scale(2),
            ),
        ] {
            assert_eq!(verdict(wanted, &bounds, &policy, &now), expected, "{case}");
        }
    }

    proptest! {
        #[test]
        fn a_scale_stays_within_its_bounds(wanted in 0..100_i32, min in 0..10_i32, more in 0..20_i32) {
            let bounds = Bounds { min, max: min + more, initial: 1 };
            if let Verdict::Scale(scale) = verdict(Some(wanted), &bounds, &POLICY, &situation(Activity::Inactive(GRACE))) {
                prop_assert!(scale >= min);
                prop_assert!(bounds.max == 0 || scale <= bounds.max);
            }
        }
    }
}
