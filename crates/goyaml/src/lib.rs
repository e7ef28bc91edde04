//! YAML and JSON as Go's libraries read and print them, with positions, limits and edits by span.
