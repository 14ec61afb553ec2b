//! Fault-injecting stores, conformance suite, generator of fictional cases.
