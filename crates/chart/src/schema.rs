//! values.schema.json.

use goyaml::Map;

use crate::{Chart, Error};

pub(crate) fn check(_chart: &Chart, _values: &Map) -> Result<(), Error> {
    Ok(())
}
