//! Values: the part before the first NUL is one flag of the `--set` family, the rest a values file.
//!
//! Laws: a flag given twice, if it is taken twice, sets what it sets once; without flags a file is what it reads as; what came out is printed or refused.

use chart::values::{Layers, merge};
use goyaml::Map;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let (flag, file) = crate::two_parts(bytes);
    let flag = crate::text(flag).into_owned();
    let read = |layers: Layers| -> Option<Map> { merge(&layers, &|_| Ok(file.to_vec())).ok() };
    let files = vec!["values.yaml".to_owned()];
    let with = |change: &dyn Fn(&mut Layers, Vec<String>), times: usize| {
        let mut layers = Layers {
            files: files.clone(),
            ..Layers::default()
        };
        change(&mut layers, vec![flag.clone(); times]);
        read(layers)
    };
    let flags: [&dyn Fn(&mut Layers, Vec<String>); 5] = [
        &|layers, flags| layers.set = flags,
        &|layers, flags| layers.strings = flags,
        &|layers, flags| layers.json = flags,
        &|layers, flags| layers.literals = flags,
        &|layers, flags| layers.contents = flags,
    ];
    for change in flags {
        let once = with(change, 1);
        if let Some(values) = &once {
            // Refused only for its depth.
            let _ = goyaml::to_json(&values.clone().into());
            // A flag may be refused the second time, as Helm does: a.b=1,a=null leaves nothing that b could be set in.
            if let Some(twice) = with(change, 2) {
                assert_eq!(&twice, values, "the same flag twice: {flag:?}");
            }
        }
    }
}
