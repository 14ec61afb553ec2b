//! People, aliases, consent, redaction plans: pure rules, acts, folds.
