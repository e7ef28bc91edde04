//! Serverless decisions as pure functions: autoscaler, windows, breaker and routing.
