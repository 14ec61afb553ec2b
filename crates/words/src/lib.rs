//! The words that people read, in French, English and Chinese.
