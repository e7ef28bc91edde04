use std::sync::Arc;

use gotpl::{MissingKey, TemplateSet};

use super::*;
use crate::functions::functions;

fn render(text: &str) -> String {
    let mut set = TemplateSet::new("gotpl", functions(), MissingKey::Zero);
    set.parse("t", text).unwrap();
    Arc::new(set)
        .execute("t", &Value::Nil, &Environment::default())
        .map_or_else(|error| error.to_string(), |text| text.to_string())
}

#[test]
fn an_authority_signs_certificates() {
    let text = r#"{{$k := genPrivateKey "ecdsa"}}{{$ca := genCAWithKey "ca" 10 $k}}
        {{- $c := genSignedCertWithKey "cn" (list "10.0.0.1") (list "a.example.com") 30 $ca $k}}
        {{- typeOf $c}} {{hasPrefix "-----BEGIN CERTIFICATE-----\n" $c.Cert}} {{eq $c.Key $k}} {{ne $ca.Cert $c.Cert}}"#;
    assert_eq!(render(text), "sprig.certificate true true true");
}

#[test]
fn mistakes_are_told() {
    for (text, part) in [
        (r#"{{genPrivateKey "bogus"}}"#, "Unknown type bogus"),
        (
            r#"{{genCAWithKey "c" 1 "x"}}"#,
            "parsing private key: no PEM data in input",
        ),
        (
            r#"{{genSelfSignedCertWithKey "c" (list "x") nil 1 (genPrivateKey "ecdsa")}}"#,
            "error parsing ip: x",
        ),
        (
            r#"{{buildCustomCert "!" ""}}"#,
            "unable to decode base64 certificate",
        ),
        (
            r#"{{buildCustomCert "eA==" ""}}"#,
            "unable to decode certificate",
        ),
    ] {
        let shown = render(text);
        assert!(shown.contains(part), "{text}: {shown}");
    }
}
