//! values.schema.json: the part before the first NUL are the values, the rest is the schema of a chart.
//!
//! Laws: the verdict is the same a second time; without the schema the values pass.

use chart::{Capabilities, RenderOptions};

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let (values, schema) = crate::two_parts(bytes);
    let Ok(goyaml::Value::Map(values)) = goyaml::from_yaml(values) else {
        return;
    };
    let Ok(mut chart) = chart::load_archive(&crate::archive::packed(&[(
        "Chart.yaml".to_owned(),
        "apiVersion: v2\nname: c\nversion: 1.0.0\n".to_owned(),
    )])) else {
        return;
    };
    chart.schema = Some(schema.into());
    let verdict = |skip_schema: bool| {
        let options = RenderOptions {
            release: "r".to_owned(),
            namespace: "n".to_owned(),
            capabilities: Capabilities::default(),
            values: values.clone(),
            skip_schema,
            ..RenderOptions::default()
        };
        let rendered = chart::render(&chart, &options, &mut Vec::new());
        rendered.map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(verdict(false), verdict(false), "the same verdict twice");
    assert_eq!(verdict(true), Ok(()), "without the schema");
}
