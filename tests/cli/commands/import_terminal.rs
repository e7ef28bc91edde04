//! The conversation of an import on a terminal.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::session::Session;

const STATIC: &[(&str, &str)] = &[("index.html", "<h1>Shop</h1>\n")];
const DOWN: &str = "\u{1b}[B";

/// landfall on a terminal that `script` makes.
struct Terminal<'a> {
    session: &'a Session,
    child: Child,
    keys: ChildStdin,
    seen: Arc<Mutex<String>>,
}

impl<'a> Terminal<'a> {
    fn new(session: &'a Session, folder: &str, args: &str) -> Self {
        let mut command = Command::new("script");
        session.isolate(&mut command);
        let mut child = command
            .args(["--quiet", "--return", "--command"])
            .arg(format!("{} {args}", env!("CARGO_BIN_EXE_landfall")))
            .arg("/dev/null")
            .current_dir(session.root().join(folder))
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script, of util-linux, is installed");
        let mut screen = child.stdout.take().unwrap();
        let seen = Arc::<Mutex<String>>::default();
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..count]);
                shared.lock().unwrap().push_str(&text);
            }
        });
        let keys = child.stdin.take().unwrap();
        Self {
            session,
            child,
            keys,
            seen,
        }
    }

    /// Waits for a text and types; what was seen up to there is done with.
    fn on(&mut self, text: &str, keys: &str) {
        self.session.until(text, || {
            let mut seen = self.seen.lock().unwrap();
            let end = seen.find(text)? + text.len();
            seen.drain(..end);
            Some(())
        });
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// The end, and what was seen last.
    fn end(mut self) -> (i32, String) {
        let status = self.child.wait().unwrap().code().unwrap();
        let seen = self.seen.lock().unwrap().clone();
        (status, seen)
    }
}

impl Drop for Terminal<'_> {
    /// A test that failed leaves nothing running; without its terminal landfall ends, too.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_value_is_changed_and_the_plan_is_saved_and_carried_out_later() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let mut terminal = Terminal::new(&session, &folder, "import");
    terminal.on("Import it so", &format!("{DOWN}\r"));
    terminal.on("Which value", &format!("{DOWN}{DOWN}{DOWN}\r"));
    terminal.on("port [8080]", "eighty\r");
    // What cannot be is said, and asked again.
    terminal.on("cannot be the value port", "");
    terminal.on("Import it so", &format!("{DOWN}\r"));
    terminal.on("Which value", &format!("{DOWN}{DOWN}{DOWN}\r"));
    terminal.on("port [8080]", "9090\r");
    terminal.on("9090 (it is given)", "");
    terminal.on("Import it so", &format!("{DOWN}{DOWN}\r"));
    terminal.on("shop-plan.json", "\r");
    let (status, seen) = terminal.end();
    assert_eq!(status, 0, "{seen}");
    assert_eq!(session.git(&folder, &["log", "--format=%s"]), "feat: start");
    assert!(!session.state().join("forge").exists());

    let plan = session.read(&format!("{folder}/shop-plan.json"));
    let plan: Value = serde_json::from_str(&plan).unwrap();
    let mut values = plan["values"].as_array().unwrap().iter();
    let port = values.find(|value| value["name"] == "port").unwrap();
    assert_eq!(port["value"], 9090);
    session.done_in(&folder, &["import", "--plan", "shop-plan.json", "--yes"]);
    let app = session.read(&format!("{folder}/.landfall/app.yaml"));
    assert!(app.contains("port: 9090"), "{app}");
}

#[test]
fn a_no_changes_nothing_and_a_yes_imports() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let mut terminal = Terminal::new(&session, &folder, "import");
    terminal.on("Import it so", &format!("{DOWN}{DOWN}{DOWN}\r"));
    let (status, seen) = terminal.end();
    assert_eq!(status, 0, "{seen}");
    assert_eq!(session.git(&folder, &["log", "--format=%s"]), "feat: start");

    let mut terminal = Terminal::new(&session, &folder, "import");
    terminal.on("Import it so", "\r");
    let (status, seen) = terminal.end();
    assert_eq!(status, 0, "{seen}");
    assert!(seen.contains("http://shop.staging.localhost"), "{seen}");
    assert_eq!(session.git(&folder, &["rev-list", "--count", "HEAD"]), "2");
}

#[test]
fn apps_of_a_repository_are_chosen_and_a_value_of_one_is_changed() {
    let session = Session::new();
    let go = "package main\n\nfunc main() {}\n";
    let folder = session.repository(
        "shop",
        &[
            ("a/go.mod", "module a\n"),
            ("a/main.go", go),
            ("b/go.mod", "module b\n"),
            ("b/main.go", go),
            ("c/go.mod", "module c\n"),
            ("c/main.go", go),
        ],
    );
    let mut terminal = Terminal::new(&session, &folder, "import");
    // All are chosen at first; the space takes one out.
    terminal.on("Which apps", " \r");
    terminal.on("c in c", "");
    terminal.on("Import it so", &format!("{DOWN}\r"));
    terminal.on("Of which app", &format!("{DOWN}\r"));
    terminal.on("Which value", &format!("{DOWN}{DOWN}{DOWN}\r"));
    terminal.on("port [8080]", "9090\r");
    terminal.on("9090 (it is given)", "");
    terminal.on("Import it so", "\r");
    let (status, seen) = terminal.end();
    assert_eq!(status, 0, "{seen}");
    assert!(!session.root().join(&folder).join("a/Dockerfile").exists());
    let port = |app: &str| session.read(&format!("{folder}/{app}/.landfall/app.yaml"));
    assert!(port("b").contains("port: 8080"), "{}", port("b"));
    assert!(port("c").contains("port: 9090"), "{}", port("c"));
}
