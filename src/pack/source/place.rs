//! Where in `pack.yaml` something stands, for errors.

use goyaml::node::{Document, Kind, NodeId};

/// One step into a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Step<'a> {
    /// The value of a key.
    Key(&'a str),
    /// An item of a list.
    Item(usize),
}

/// The line, from 1, of what these steps lead to; of the last thing on the way that is there.
pub(in super::super) fn line_of(text: &str, steps: &[Step<'_>]) -> usize {
    let Ok(Some(document)) = goyaml::document(text) else {
        return 1;
    };
    let mut node = document.root();
    let mut line = document.node(node).start.line;
    for step in steps {
        let Some((next, at)) = into(&document, node, *step) else {
            break;
        };
        (node, line) = (next, at);
    }
    line + 1
}

/// What a step leads to, and its line: that of the key, where there is one.
fn into(document: &Document, node: NodeId, step: Step<'_>) -> Option<(NodeId, usize)> {
    match (&document.node(document.resolve(node)).kind, step) {
        (Kind::Mapping { pairs, .. }, Step::Key(key)) => {
            let (key, value) = pairs
                .iter()
                .find(|(known, _)| document.scalar(*known) == Some(key))?;
            Some((*value, document.node(*key).start.line))
        }
        (Kind::Sequence { items, .. }, Step::Item(index)) => {
            let item = *items.get(index)?;
            Some((item, document.node(item).start.line))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, line_of};

    #[test]
    fn the_line_of_a_key_or_of_what_is_nearest() {
        let text =
            "# x\nname: a\nvariables:\n  - name: b\n    type: port\n  - name: c\n    default: 1\n";
        let variable = |index, key| {
            line_of(
                text,
                &[Step::Key("variables"), Step::Item(index), Step::Key(key)],
            )
        };
        assert_eq!(variable(0, "type"), 5);
        assert_eq!(variable(1, "default"), 7);
        assert_eq!(variable(1, "pattern"), 6);
        assert_eq!(line_of(text, &[Step::Key("extends")]), 2);
        assert_eq!(line_of("a: [\n", &[Step::Key("a")]), 1);
    }
}
