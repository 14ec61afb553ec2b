//! The document model and the disclosure.
