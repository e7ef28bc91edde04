//! Which instance takes the next request.
//!
//! knative/serving `pkg/activator/net/lb_policy.go`: the policy follows from the limit of one instance.

/// The load of one instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Requests that it is answering.
    pub in_flight: u32,
    /// Whether new requests may go there.
    pub open: bool,
}

/// How an instance is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The less loaded of two drawn at random. For instances without a limit.
    TwoChoices,
    /// The first that has a free slot. For limits up to 3, where packing keeps the others idle.
    FirstFree(u32),
    /// The next in turn that has a free slot. For larger limits.
    RoundRobin(u32),
}

impl Policy {
    /// The policy for instances that take `limit` requests at once; 0 is no limit.
    pub fn for_limit(limit: u32) -> Self {
        match limit {
            0 => Self::TwoChoices,
            1..=3 => Self::FirstFree(limit),
            _ => Self::RoundRobin(limit),
        }
    }

    /// The index of the instance to use; `None` when nobody has a free slot.
    ///
    /// `turn` is the index after the last one used; `draw` is a random number.
    pub fn pick(self, loads: &[Load], turn: usize, draw: u64) -> Option<usize> {
        let open = |index: &usize| loads[*index].open;
        match self {
            Self::TwoChoices => two_choices(loads, draw),
            Self::FirstFree(limit) => (0..loads.len())
                .filter(open)
                .find(|&index| loads[index].in_flight < limit),
            Self::RoundRobin(limit) => (0..loads.len())
                .map(|step| (turn + step) % loads.len())
                .filter(open)
                .find(|&index| loads[index].in_flight < limit),
        }
    }
}

fn two_choices(loads: &[Load], draw: u64) -> Option<usize> {
    let open: Vec<usize> = (0..loads.len())
        .filter(|&index| loads[index].open)
        .collect();
    let count = open.len() as u64;
    if count < 2 {
        return open.first().copied();
    }
    let first = draw % count;
    let second = (first + 1 + (draw / count) % (count - 1)) % count;
    let (first, second) = (open[first as usize], open[second as usize]);
    let better = loads[second].in_flight < loads[first].in_flight;
    Some(if better { second } else { first })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn loads(values: &[u32]) -> Vec<Load> {
        values
            .iter()
            .map(|&in_flight| Load {
                in_flight,
                open: true,
            })
            .collect()
    }

    #[test]
    fn small_limits_fill_the_first_instance() {
        let policy = Policy::for_limit(2);
        assert_eq!(policy.pick(&loads(&[1, 0, 0]), 2, 0), Some(0));
        assert_eq!(policy.pick(&loads(&[2, 2, 1]), 0, 0), Some(2));
        assert_eq!(policy.pick(&loads(&[2, 2]), 0, 0), None);
    }

    #[test]
    fn larger_limits_take_turns() {
        let policy = Policy::for_limit(10);
        assert_eq!(policy.pick(&loads(&[0, 0, 0]), 1, 0), Some(1));
        assert_eq!(policy.pick(&loads(&[0, 10, 0]), 1, 0), Some(2));
        assert_eq!(policy.pick(&loads(&[10, 10]), 1, 0), None);
        assert_eq!(policy.pick(&[], 0, 0), None);
    }

    proptest! {
        #[test]
        fn without_a_limit_the_most_loaded_of_several_is_never_used(values in prop::collection::vec(0..50_u32, 2..8), draw: u64) {
            let policy = Policy::for_limit(0);
            let picked = policy.pick(&loads(&values), 0, draw).expect("somebody is open");
            let others: Vec<u32> = values.iter().enumerate().filter(|&(index, _)| index != picked).map(|(_, &load)| load).collect();
            prop_assert!(others.iter().any(|&load| load >= values[picked]));
        }

        #[test]
        fn a_closed_instance_is_never_used(open in prop::collection::vec(any::<bool>(), 1..8), limit in 0..6_u32, draw: u64) {
            let loads: Vec<Load> = open.iter().map(|&open| Load { in_flight: 0, open }).collect();
            match Policy::for_limit(limit).pick(&loads, 3, draw) {
                Some(index) => prop_assert!(open[index]),
                None => prop_assert!(open.iter().all(|open| !open)),
            }
        }
    }
}
