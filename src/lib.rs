//! landfall takes a repository to production.
