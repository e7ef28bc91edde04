//! What is known of who asks a registry.

use std::fmt;

use crate::ports::charts::Login;

/// A login, or what stands in for one. None of it is printed.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Secret {
    /// A name and a password.
    Login(Login),
    /// A token that is changed for another one with each challenge (`docker login` calls it an identity token).
    Identity {
        /// The token.
        token: String,
        /// A login that stands beside it.
        login: Option<Login>,
    },
}

impl Secret {
    /// Name and password, if they are known.
    pub(super) fn login(&self) -> Option<&Login> {
        match self {
            Self::Login(login) => Some(login),
            Self::Identity { login, .. } => login.as_ref(),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(***)")
    }
}
