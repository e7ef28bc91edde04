//! Helm charts: load, values, dependencies, functions, objects, render and errors.
