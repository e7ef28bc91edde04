//! Apps that insist on a port of their own.
//!
//! On a cluster every instance has a network of its own, so programs with a fixed port are common. Here all instances share one, and
//! two of them, or one and the gateway, would collide. So the first start of a revision is watched (ptrace(2)) until it is ready: where
//! the program binds the port that its template names, the port that was leased for it is put in the place. A program that heeds `PORT`
//! is not watched again; one that does not is watched at each start. Once it is ready it runs untouched and at full speed.
//!
//! [`tracer`] is the process that watches; this is the resident's side of it. Where watching is not possible (another system than Linux,
//! a sandbox without ptrace) such an app has its own port, and one instance.

mod tracer;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::process::Child;

use super::launch;
use super::machine::Machine;

pub use tracer::{TRACER, main};

/// How long the last words of an ended tracer may take.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// What is known of how a program chooses its port; nothing before the first start that became ready.
#[derive(Debug, Default)]
pub(super) struct PortHabit(Mutex<Option<Habit>>);

/// How a program chooses its port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// It listens where `PORT` says.
    Heeds,
    /// It listens here, whatever it is told.
    Insists(u16),
}

impl PortHabit {
    /// The port that the next start has to be watched for; `declared` is what the template says, `leased` what it is told.
    pub(super) fn to_watch(&self, declared: Option<u16>, leased: u16) -> Option<u16> {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known {
            Some(Habit::Heeds) => None,
            Some(Habit::Insists(port)) => Some(port),
            None => declared.filter(|declared| *declared != leased),
        }
    }

    pub(super) fn learn(&self, habit: Habit) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(habit);
    }
}

/// A start that is watched. Dropping it ends the watch, and the program goes on by itself.
#[derive(Debug)]
pub(super) struct PortShift {
    tracer: Child,
    from: u16,
}

impl PortShift {
    /// Watches the launcher `pid`, which waits for it, and what it becomes: binding `from` becomes binding `to`.
    ///
    /// `None` where no tracer can be started: the launcher then goes on after a short wait.
    pub(super) async fn start(machine: &Machine, pid: u32, from: u16, to: u16) -> Option<Self> {
        let words = [pid.to_string(), from.to_string(), to.to_string()];
        let command = launch::helper(&machine.options.launcher, TRACER, &words);
        let tracer = machine.spawner.spawn(command).await.ok()?;
        Some(Self { tracer, from })
    }

    /// Ends the watch, and says what was seen; `None` when the watch did not come about.
    pub(super) async fn finish(mut self) -> Option<Habit> {
        let watched = matches!(self.tracer.try_wait(), Ok(None));
        // A killed tracer lets go of everything that it watched.
        let _ = self.tracer.start_kill();
        let mut said = String::new();
        if let Some(stdout) = &mut self.tracer.stdout {
            let _ = tokio::time::timeout(LAST_WORDS, stdout.read_to_string(&mut said)).await;
        }
        let _ = self.tracer.wait().await;
        if said.contains(tracer::SHIFTED) {
            Some(Habit::Insists(self.from))
        } else {
            watched.then_some(Habit::Heeds)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Habit, PortHabit};

    #[test]
    fn the_first_start_and_those_of_a_stubborn_program_are_watched() {
        let habit = PortHabit::default();
        assert_eq!(habit.to_watch(Some(8080), 20_001), Some(8080));
        assert_eq!(habit.to_watch(Some(20_001), 20_001), None);
        assert_eq!(habit.to_watch(None, 20_001), None);
        habit.learn(Habit::Heeds);
        assert_eq!(habit.to_watch(Some(8080), 20_001), None);
        habit.learn(Habit::Insists(9090));
        assert_eq!(habit.to_watch(Some(8080), 20_001), Some(9090));
    }
}
