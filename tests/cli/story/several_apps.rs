//! Several apps of one repository on the local platform.

use std::collections::BTreeMap;

use crate::session::Session;

const APPS: &[(&str, &str)] = &[
    ("services/cart/go.mod", "module cart\n\ngo 1.21\n"),
    (
        "services/cart/main.go",
        "package main\n\nimport (\n\t\"net/http\"\n\t\"os\"\n)\n\nfunc main() {\n\tpage := func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(\"cart\")) }\n\thttp.HandleFunc(\"/\", page)\n\thttp.ListenAndServe(\":\"+os.Getenv(\"PORT\"), nil)\n}\n",
    ),
    ("services/pay/requirements.txt", "# none\n"),
    (
        "services/pay/app.py",
        "import os\nfrom http.server import BaseHTTPRequestHandler, HTTPServer\n\n\nclass Page(BaseHTTPRequestHandler):\n    def do_GET(self):\n        self.send_response(200)\n        self.send_header(\"Content-Length\", \"3\")\n        self.end_headers()\n        self.wfile.write(b\"pay\")\n\n\nif __name__ == \"__main__\":\n    HTTPServer((\"\", int(os.environ[\"PORT\"])), Page).serve_forever()\n",
    ),
    ("web/index.html", "web"),
];

/// The versions of the apps in staging.
fn versions(session: &Session) -> BTreeMap<String, String> {
    let list = session.json(&["get", "applications"]);
    let items = list["items"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    items
        .iter()
        .map(|item| (text(&item["app"]), text(&item["version"])))
        .collect()
}

fn watch(session: &Session, folder: &str) {
    let watch = [
        "get",
        "activities",
        "--filter",
        "ada/shop/main",
        "--watch",
        "--exit-status",
    ];
    session.done_in(folder, &watch);
}

#[test]
fn three_apps_are_released_at_once_and_later_only_what_changes() {
    let session = Session::with_platform();
    let folder = session.repository("shop", APPS);
    session.done_in(
        &folder,
        &["import", "--batch-mode", "--all", "--app", "web"],
    );
    watch(&session, &folder);
    for app in ["cart", "pay", "web"] {
        let answer = session.get(&format!("{app}.staging.localhost"), "/");
        assert_eq!((answer.status, answer.body.as_str()), (200, app));
    }
    let tags = || session.git("home/state/forge/ada/shop.git", &["tag"]);
    assert_eq!(
        tags(),
        "services/cart/v0.0.1\nservices/pay/v0.0.1\nweb/v0.0.1"
    );

    // One folder, and one that is no app's.
    session.write(&format!("{folder}/web/index.html"), "web 2");
    session.write(&format!("{folder}/README.md"), "three\n");
    session.git(&folder, &["add", "--all"]);
    session.git(&folder, &["commit", "--quiet", "-m", "feat: another page"]);
    session.git(&folder, &["push", "--quiet"]);
    session.until("the second release", || {
        (versions(&session)["web"] == "0.1.0").then_some(())
    });
    watch(&session, &folder);
    assert_eq!(
        tags(),
        "services/cart/v0.0.1\nservices/pay/v0.0.1\nweb/v0.0.1\nweb/v0.1.0"
    );
    let found = versions(&session);
    assert_eq!(
        (found["cart"].as_str(), found["pay"].as_str()),
        ("0.0.1", "0.0.1")
    );
    let activities = session.done_in(&folder, &["get", "activities", "--filter", "ada/shop/main"]);
    let runs = activities
        .stdout
        .lines()
        .filter(|line| line.starts_with("ada/shop/main "));
    assert_eq!(runs.count(), 4, "{activities}");
    assert!(
        activities.stdout.contains("ada/shop/main #4 web-release"),
        "{activities}"
    );
}
