//! Who runs, who waits and who is turned away before one revision.
//!
//! The rules are those of knative/serving `pkg/activator/net/throttler.go` and `pkg/queue/breaker.go`: an instance takes up to its limit,
//! the others wait in order of arrival, a full queue refuses. Unlike upstream's, the length of the queue is met exactly.

use std::collections::BTreeSet;

use crate::balance::{Load, Policy};

/// Names an instance to the throttler.
pub type InstanceId = u64;
/// A place in the queue; smaller ones arrived earlier.
pub type Ticket = u64;

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It goes to this instance.
    Run(InstanceId),
    /// It waits; the ticket comes back from [`Throttler::next`].
    Wait(Ticket),
    /// The queue is full.
    Refuse,
}

#[derive(Clone, Debug)]
struct Slot {
    id: InstanceId,
    load: Load,
}

/// The instances of one revision and the requests that wait for them.
#[derive(Clone, Debug)]
pub struct Throttler {
    policy: Policy,
    queue_limit: usize,
    slots: Vec<Slot>,
    waiting: BTreeSet<Ticket>,
    next_ticket: Ticket,
    turn: usize,
}

impl Throttler {
    /// A throttler for instances that take `limit` requests at once (0: any number), with at most `queue_limit` waiting.
    pub fn new(limit: u32, queue_limit: usize) -> Self {
        Self {
            policy: Policy::for_limit(limit),
            queue_limit,
            slots: Vec::new(),
            waiting: BTreeSet::new(),
            next_ticket: 0,
            turn: 0,
        }
    }

    /// A request arrives; `draw` is a random number. Nobody overtakes those that wait.
    pub fn arrive(&mut self, draw: u64) -> Admission {
        if self.waiting.is_empty()
            && let Some(id) = self.take_slot(draw)
        {
            return Admission::Run(id);
        }
        if self.waiting.len() >= self.queue_limit {
            return Admission::Refuse;
        }
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.waiting.insert(ticket);
        Admission::Wait(ticket)
    }

    /// The request that waits longest, with the instance that is free for it now.
    pub fn next(&mut self, draw: u64) -> Option<(Ticket, InstanceId)> {
        let first = *self.waiting.first()?;
        let id = self.take_slot(draw)?;
        self.waiting.pop_first();
        Some((first, id))
    }

    /// A waiting request was given up; false when it is no longer in the queue.
    pub fn give_up(&mut self, ticket: Ticket) -> bool {
        self.waiting.remove(&ticket)
    }

    /// Empties the queue and returns who was in it, in order.
    pub fn dismiss(&mut self) -> Vec<Ticket> {
        std::mem::take(&mut self.waiting).into_iter().collect()
    }

    /// A request left `id`.
    pub fn finish(&mut self, id: InstanceId) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.id == id) {
            slot.load.in_flight = slot.load.in_flight.saturating_sub(1);
        }
    }

    /// An instance became ready.
    pub fn add(&mut self, id: InstanceId) {
        if self.slots.iter().all(|slot| slot.id != id) {
            self.slots.push(Slot {
                id,
                load: Load {
                    in_flight: 0,
                    open: true,
                },
            });
        }
    }

    /// No new requests for `id`; those it has stay.
    pub fn close(&mut self, id: InstanceId) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.id == id) {
            slot.load.open = false;
        }
    }

    /// The instance is gone.
    pub fn remove(&mut self, id: InstanceId) {
        self.slots.retain(|slot| slot.id != id);
    }

    /// Requests that `id` is answering.
    pub fn in_flight(&self, id: InstanceId) -> u32 {
        self.slots
            .iter()
            .find(|slot| slot.id == id)
            .map_or(0, |slot| slot.load.in_flight)
    }

    /// Requests that any instance is answering.
    pub fn running(&self) -> u32 {
        self.slots.iter().map(|slot| slot.load.in_flight).sum()
    }

    /// Requests that wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Instances that take new requests.
    pub fn open_instances(&self) -> usize {
        self.slots.iter().filter(|slot| slot.load.open).count()
    }

    /// The instance to stop first: the fewest requests, then the oldest.
    pub fn least_loaded(&self) -> Option<InstanceId> {
        self.slots
            .iter()
            .filter(|slot| slot.load.open)
            .min_by_key(|slot| (slot.load.in_flight, slot.id))
            .map(|slot| slot.id)
    }

    fn take_slot(&mut self, draw: u64) -> Option<InstanceId> {
        let loads: Vec<Load> = self.slots.iter().map(|slot| slot.load).collect();
        let index = self.policy.pick(&loads, self.turn, draw)?;
        self.turn = index + 1;
        let slot = &mut self.slots[index];
        slot.load.in_flight += 1;
        Some(slot.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_runs_one_waits_the_third_is_refused() {
        let mut throttler = Throttler::new(1, 1);
        throttler.add(7);
        assert_eq!(throttler.arrive(0), Admission::Run(7));
        assert_eq!(throttler.arrive(0), Admission::Wait(0));
        assert_eq!(throttler.arrive(0), Admission::Refuse);
        assert_eq!(throttler.next(0), None);
        throttler.finish(7);
        assert_eq!(throttler.next(0), Some((0, 7)));
    }

    #[test]
    fn a_first_instance_lets_those_in_who_waited_for_it() {
        let mut throttler = Throttler::new(1, 10);
        assert_eq!(throttler.arrive(0), Admission::Wait(0));
        assert_eq!(throttler.arrive(0), Admission::Wait(1));
        throttler.add(1);
        assert_eq!(throttler.next(0), Some((0, 1)));
        assert_eq!(throttler.next(0), None);
        throttler.finish(1);
        assert_eq!(throttler.next(0), Some((1, 1)));
    }

    #[test]
    fn who_gives_up_frees_his_place() {
        let mut throttler = Throttler::new(1, 1);
        assert_eq!(throttler.arrive(0), Admission::Wait(0));
        assert!(throttler.give_up(0));
        assert!(!throttler.give_up(0));
        assert_eq!(throttler.arrive(0), Admission::Wait(1));
    }

    #[test]
    fn a_closed_instance_keeps_its_requests_and_takes_no_more() {
        let mut throttler = Throttler::new(0, 10);
        throttler.add(1);
        assert_eq!(throttler.arrive(0), Admission::Run(1));
        throttler.close(1);
        assert_eq!(throttler.arrive(0), Admission::Wait(0));
        assert_eq!((throttler.in_flight(1), throttler.open_instances()), (1, 0));
        throttler.add(2);
        assert_eq!(throttler.next(0), Some((0, 2)));
    }

    #[test]
    fn without_a_limit_an_instance_takes_everybody() {
        let mut throttler = Throttler::new(0, 10_000);
        for _ in 0..10_000 {
            assert!(matches!(throttler.arrive(0), Admission::Wait(_)));
        }
        assert_eq!(throttler.arrive(0), Admission::Refuse);
        throttler.add(1);
        while throttler.next(0).is_some() {}
        assert_eq!((throttler.running(), throttler.waiting()), (10_000, 0));
    }

    proptest! {
        /// Whatever happens, no instance is over its limit and nobody waits while a slot is free.
        #[test]
        fn limits_hold_and_free_slots_are_used(limit in 1..6_u32, steps in prop::collection::vec((0..5_u8, any::<u64>()), 1..80)) {
            let mut throttler = Throttler::new(limit, 20);
            for (step, draw) in steps {
                let id = draw % 4;
                match step {
                    0 | 1 => { throttler.arrive(draw); }
                    2 => throttler.add(id),
                    3 => throttler.finish(id),
                    _ => throttler.close(id),
                }
                while throttler.next(draw).is_some() {}
                for slot in &throttler.slots {
                    prop_assert!(slot.load.in_flight <= limit);
                    prop_assert!(throttler.waiting() == 0 || !slot.load.open || slot.load.in_flight == limit);
                }
            }
        }
    }
}
