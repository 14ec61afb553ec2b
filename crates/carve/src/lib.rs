//! Exact demux and mux, silence, cut planning, locators: pure, decodes nothing.

pub mod locator;
