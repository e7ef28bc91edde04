//! The `--set` family (`pkg/strvals`): `a.b[0]=x,c={1,2}` into a tree of values.

mod parser;

use goyaml::Map;

use crate::values::Reader;

/// What stands behind `=`.
#[derive(Clone, Copy)]
pub(crate) enum Mode<'r> {
    /// `--set`: true, false, null and whole numbers have their types.
    Typed,
    /// `--set-string`: always text.
    Text,
    /// `--set-file`: the name of a file whose content is the value.
    File(Reader<'r>),
    /// `--set-json`: JSON.
    Json,
    /// `--set-literal`: the rest of the flag, as it is.
    Literal,
}

/// Applies one flag to the values.
///
/// # Errors
/// Helm's text behind `failed parsing --set data: `.
pub(crate) fn apply(text: &str, mode: Mode<'_>, values: &mut Map) -> Result<(), String> {
    parser::Parser::new(text, mode).parse(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(texts: &[&str], mode: Mode<'_>) -> Result<String, String> {
        let mut values = Map::new();
        for text in texts {
            apply(text, mode, &mut values)?;
        }
        Ok(goyaml::to_json(&values.into()).unwrap())
    }

    #[test]
    fn typed_values() {
        for (texts, expected) in [
            (
                &["a=1,b=true,c=null,d=01,e=1.5,f=x"][..],
                r#"{"a":1,"b":true,"c":null,"d":"01","e":"1.5","f":"x"}"#,
            ),
            (&["a.b.c=1", "a.b.d=2"], r#"{"a":{"b":{"c":1,"d":2}}}"#),
            (&["a[1].b=x", "a[0]=y"], r#"{"a":["y",{"b":"x"}]}"#),
            (&["a={1,x,null}"], r#"{"a":[1,"x",null]}"#),
            (&["a={}"], r#"{"a":[""]}"#),
            (&[r"a\.b=c\,d"], r#"{"a.b":"c,d"}"#),
            (&["a[0][1]=x"], r#"{"a":[[null,"x"]]}"#),
            (&["a="], r#"{"a":""}"#),
            (&["TRUE=TRUE,n=NULL"], r#"{"TRUE":true,"n":null}"#),
        ] {
            assert_eq!(set(texts, Mode::Typed).unwrap(), expected, "{texts:?}");
        }
    }

    #[test]
    fn errors_are_helms() {
        let deep = format!("{}a=1", "a.".repeat(31));
        let indexed = format!("a{}=1", "[0]".repeat(50_000));
        for (texts, expected) in [
            (&["a"][..], "key \"a\" has no value"),
            (&["a,b=1"], "key \"a\" has no value (cannot end with ,)"),
            (
                &["a[x]=1"],
                "error parsing index: strconv.Atoi: parsing \"x\": invalid syntax",
            ),
            (&["a[-1]=1"], "negative -1 index not allowed"),
            (
                &["a[999999]=1"],
                "index of 999999 is greater than maximum supported index of 65536",
            ),
            (&["a={1,2"], "list must terminate with '}'"),
            (
                &["a=1", "a.b=2"],
                "unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}",
            ),
            (
                &["a=x", "a[0]=2"],
                "unable to parse key: interface conversion: interface {} is string, not []interface {}",
            ),
            (&["a[0]x=1"], "unexpected data at end of array index: ['x']"),
            (
                &[indexed.as_str()],
                "more indexes in one name than the maximum of 300",
            ),
            (
                &[deep.as_str()],
                "value name nested level is greater than maximum supported nested level of 30",
            ),
        ] {
            assert_eq!(set(texts, Mode::Typed).unwrap_err(), expected, "{texts:?}");
        }
    }

    #[test]
    fn other_modes() {
        assert_eq!(
            set(&["a=1,b=true"], Mode::Text).unwrap(),
            r#"{"a":"1","b":"true"}"#
        );
        assert_eq!(
            set(&["a=x,y={z}"], Mode::Literal).unwrap(),
            r#"{"a":"x,y={z}"}"#
        );
        assert_eq!(
            set(&["a={\"b\": [1]},c=2,d[0]=null"], Mode::Json).unwrap(),
            r#"{"a":{"b":[1]},"c":2,"d":[null]}"#
        );
        let reader: Reader<'_> = &|path| Ok(format!("({path})").into_bytes());
        assert_eq!(
            set(&["a=f.txt"], Mode::File(reader)).unwrap(),
            r#"{"a":"(f.txt)"}"#
        );
    }
}
