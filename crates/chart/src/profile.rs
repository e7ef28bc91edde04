//! Which Helm's bytes are wanted.
//!
//! Versions of Helm print the same chart differently. What differs between 3.17, 4.1 and 4.3 lives in two tables, the functions and the API
//! versions, and in six functions: where documents are split and what white space they keep (`manifest::split`), the order of kinds
//! (`kind_order::compare`), what a null in defaults and one of the user's takes away (both in `values::coalesce`), `.Chart`
//! (`Metadata::to_template`), and the layout of errors (`trace::exec_error`). Another version is another variant here, and an arm in these.

use gotpl::Functions;

use crate::capabilities::DEFAULT_API_VERSIONS;
use crate::functions;
use crate::kind_order::INSTALL_ORDER;

/// A version of Helm whose output is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Profile {
    /// Helm 4.3.1.
    #[default]
    Helm43,
}

impl Profile {
    /// The functions that templates may call.
    pub(crate) fn functions(self) -> Functions {
        match self {
            Self::Helm43 => functions::functions(),
        }
    }

    /// The API versions that `.Capabilities` has where nobody names others.
    pub(crate) fn api_versions(self) -> &'static [&'static str] {
        match self {
            Self::Helm43 => DEFAULT_API_VERSIONS,
        }
    }

    /// Kinds in the order in which they are installed.
    pub(crate) fn install_order(self) -> &'static [&'static str] {
        match self {
            Self::Helm43 => INSTALL_ORDER,
        }
    }
}
