//! The process that watches the start of an app: for each system call of its threads and children it looks whether a port is bound.
//!
//! The stops and their order are those of ptrace(2), "Syscall-stops" and "`PTRACE_EVENT` stops".

use std::ffi::OsString;

/// The argument that makes the program a tracer. Behind it: the process to watch, the port it may insist on, the port it gets.
pub const TRACER: &str = "__watch-port";

/// What the tracer prints when it has put another port in place.
pub(super) const SHIFTED: &str = "shifted";

/// Watches until the process has ended, or until this one is killed. Returns only with what went wrong, if anything.
///
/// # Errors
/// Arguments that are not ours, or a process that may not be watched.
pub fn main(arguments: &[OsString]) -> std::io::Result<()> {
    imp::main(arguments)
}

#[cfg(target_os = "linux")]
mod imp {
    use std::collections::HashMap;
    use std::ffi::OsString;
    use std::fs::{self, File, OpenOptions};
    use std::io::{self, Write as _};
    use std::os::unix::fs::FileExt as _;

    use nix::errno::Errno;
    use nix::sys::ptrace::{self, Options};
    use nix::sys::signal::Signal;
    use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
    use nix::unistd::Pid;

    use super::SHIFTED;

    /// The number of bind(2); where it is not known here, no call has it and nothing is put in place.
    const BIND: u64 = if cfg!(target_arch = "x86_64") {
        49
    } else if cfg!(any(target_arch = "aarch64", target_arch = "riscv64")) {
        200
    } else {
        u64::MAX - 1
    };

    /// Where `sockaddr_in` and `sockaddr_in6` have the port, in network order; the family comes before it.
    const PORT_OFFSET: u64 = 2;

    /// The families `AF_INET` and `AF_INET6`.
    const FAMILIES: [u16; 2] = [2, 10];

    pub(super) fn main(arguments: &[OsString]) -> io::Result<()> {
        let number = |index: usize| arguments.get(index)?.to_str()?.parse::<i32>().ok();
        let (Some(pid), Some(from), Some(to)) = (number(0), number(1), number(2)) else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "this command is for landfall itself",
            ));
        };
        // Not longer than the resident, which is the only one to end the watch.
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        let options = Options::PTRACE_O_TRACESYSGOOD
            | Options::PTRACE_O_TRACECLONE
            | Options::PTRACE_O_TRACEFORK
            | Options::PTRACE_O_TRACEVFORK
            | Options::PTRACE_O_TRACEEXEC;
        ptrace::seize(Pid::from_raw(pid), options)?;
        let mut watch = Watch {
            from: from as u16,
            to: to as u16,
            inside: HashMap::new(),
        };
        watch.run()
    }

    struct Watch {
        from: u16,
        to: u16,
        /// Threads that are in a system call, with the address whose port was changed for it.
        inside: HashMap<Pid, Option<u64>>,
    }

    impl Watch {
        fn run(&mut self) -> io::Result<()> {
            loop {
                let status = match waitpid(None, Some(WaitPidFlag::__WALL)) {
                    Ok(status) => status,
                    Err(Errno::EINTR) => continue,
                    // Nothing is left to be watched.
                    Err(Errno::ECHILD) => return Ok(()),
                    Err(error) => return Err(error.into()),
                };
                let go_on = match status {
                    WaitStatus::PtraceSyscall(thread) => {
                        self.system_call(thread);
                        Some((thread, None))
                    }
                    WaitStatus::PtraceEvent(thread, _, _) => {
                        // An exec leaves the system call by another way.
                        if status_is_exec(&status) {
                            self.inside.insert(thread, None);
                        }
                        Some((thread, None))
                    }
                    WaitStatus::Stopped(thread, signal) => Some((thread, Some(signal))),
                    WaitStatus::Exited(thread, _) | WaitStatus::Signaled(thread, _, _) => {
                        self.inside.remove(&thread);
                        None
                    }
                    _ => None,
                };
                if let Some((thread, signal)) = go_on {
                    resume(thread, signal)?;
                }
            }
        }

        /// Stops come in pairs: the way into a system call, and the way out.
        fn system_call(&mut self, thread: Pid) {
            if let Some(changed) = self.inside.remove(&thread) {
                if let Some(address) = changed {
                    // The program finds its own words again.
                    let _ = write_port(thread, address, self.from);
                }
                return;
            }
            let changed = self.shift(thread).ok().flatten();
            self.inside.insert(thread, changed);
        }

        /// Puts the other port in place if this is the call; returns where.
        fn shift(&self, thread: Pid) -> io::Result<Option<u64>> {
            let call = fs::read_to_string(format!("/proc/{thread}/syscall"))?;
            let Some(address) = bound_address(&call) else {
                return Ok(None);
            };
            let mut head = [0; 4];
            File::open(format!("/proc/{thread}/mem"))?.read_exact_at(&mut head, address)?;
            if !FAMILIES.contains(&u16::from_ne_bytes([head[0], head[1]]))
                || u16::from_be_bytes([head[2], head[3]]) != self.from
            {
                return Ok(None);
            }
            write_port(thread, address, self.to)?;
            // A resident that does not read is no reason to stop.
            let _ = writeln!(io::stdout(), "{SHIFTED}");
            Ok(Some(address))
        }
    }

    fn status_is_exec(status: &WaitStatus) -> bool {
        matches!(status, WaitStatus::PtraceEvent(_, _, event) if *event == ptrace::Event::PTRACE_EVENT_EXEC as i32)
    }

    /// A thread that is gone in the meantime is none of our business any more.
    fn resume(thread: Pid, signal: Option<Signal>) -> io::Result<()> {
        match ptrace::syscall(thread, signal) {
            Ok(()) | Err(Errno::ESRCH) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn write_port(thread: Pid, address: u64, port: u16) -> io::Result<()> {
        let memory = OpenOptions::new()
            .write(true)
            .open(format!("/proc/{thread}/mem"))?;
        memory.write_all_at(&port.to_be_bytes(), address + PORT_OFFSET)
    }

    /// The second argument of bind(2) from a line of /proc/PID/syscall (proc(5)): the number, six arguments, two registers.
    fn bound_address(call: &str) -> Option<u64> {
        let mut words = call.split_ascii_whitespace();
        if words.next()?.parse() != Ok(BIND) {
            return None;
        }
        let address = words.nth(1)?.strip_prefix("0x")?;
        u64::from_str_radix(address, 16).ok()
    }

    #[cfg(test)]
    mod tests {
        use super::{BIND, bound_address};

        #[test]
        fn only_a_bind_has_an_address_to_look_at() {
            let line =
                |number: u64| format!("{number} 0x3 0xc00001a0f4 0x1c 0x0 0x0 0x0 0x7f 0x4a\n");
            assert_eq!(bound_address(&line(BIND)), Some(0xc0_0001_a0f4));
            assert_eq!(bound_address(&line(BIND + 1)), None);
            assert_eq!(bound_address("running\n"), None);
            assert_eq!(bound_address("-1 0x7ffc 0x7f\n"), None);
            assert_eq!(bound_address(""), None);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use std::ffi::OsString;
    use std::io;

    pub(super) fn main(_: &[OsString]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
