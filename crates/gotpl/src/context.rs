//! What a function sees of the execution that calls it.

use std::any::Any;

/// The running execution, handed to every function and method.
pub struct Context<'a> {
    pub(crate) environment: &'a dyn Any,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}

impl<'a> Context<'a> {
    /// The environment that the caller of the execution handed in, if it is a `T`.
    pub fn environment<T: Any>(&self) -> Option<&'a T> {
        self.environment.downcast_ref()
    }
}
