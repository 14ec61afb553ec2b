//! One Rust file: its text, its syntax, and which of its lines are tests.
//!
//! Keeps: what is compiled for tests only never counts as the product's code.
//! Does not know: other files. Which file a `mod` names is the module tree's business.

use proc_macro2::LineColumn;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Attribute, Item, Meta};

use crate::fault::Fault;

/// A parsed file.
pub struct Source {
    /// From the root, `/` between names.
    pub path: String,
    pub text: String,
    pub syntax: syn::File,
}

impl Source {
    pub fn parse(path: &str, text: String) -> Result<Self, Fault> {
        let syntax = syn::parse_file(&text).map_err(|error| Fault::Parse {
            path: path.to_owned(),
            line: error.span().start().line,
            message: error.to_string(),
        })?;
        Ok(Self { path: path.to_owned(), text, syntax })
    }

    /// Whether its place says that it is compiled for tests alone.
    pub fn is_test_by_place(&self) -> bool {
        let mut folders = self.path.split('/').rev().skip(1);
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name == "tests.rs" || folders.any(|folder| matches!(folder, "tests" | "benches" | "examples"))
    }

    /// The first and last line of each item that only tests see.
    pub fn test_lines(&self) -> Vec<(usize, usize)> {
        let mut finder = TestItems::default();
        finder.visit_file(&self.syntax);
        finder.found
    }

    /// Lines of the file, those of its tests set aside.
    pub fn net_lines(&self) -> usize {
        let tests: usize = self.test_lines().iter().map(|(first, last)| last + 1 - first).sum();
        self.text.lines().count().saturating_sub(tests)
    }

    /// Whether a function of this name stands anywhere in the file.
    pub fn has_function(&self, name: &str) -> bool {
        self.functions().iter().any(|function| function.name == name)
    }

    /// Every function with a body, those inside `proptest!` included by name alone.
    pub fn functions(&self) -> Vec<Function> {
        let mut finder = Functions { tests: self.test_lines(), found: Vec::new() };
        finder.visit_file(&self.syntax);
        finder.found
    }
}

/// A function and its lines, documentation and attributes apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub first: usize,
    pub last: usize,
    pub in_test: bool,
}

/// Whether the attributes keep an item for tests: `#[cfg(test)]`, `#[cfg(all(test, …))]`, `#[test]`.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => {
            let inside = list.tokens.to_string();
            inside == "test" || (inside.starts_with("all") && inside.contains("test") && !inside.contains("not"))
        }
        _ => false,
    })
}

#[derive(Default)]
struct TestItems {
    found: Vec<(usize, usize)>,
}

impl<'ast> Visit<'ast> for TestItems {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_for_tests(attributes(item)) {
            let span = item.span();
            self.found.push((span.start().line, span.end().line));
        } else {
            syn::visit::visit_item(self, item);
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

struct Functions {
    tests: Vec<(usize, usize)>,
    found: Vec<Function>,
}

impl Functions {
    fn record(&mut self, name: &syn::Ident, start: LineColumn, end: LineColumn, own_test: bool) {
        let inside = self.tests.iter().any(|(first, last)| (first..=last).contains(&&start.line));
        self.found.push(Function {
            name: name.to_string(),
            first: start.line,
            last: end.line,
            in_test: own_test || inside,
        });
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let (start, end) = (function.sig.span().start(), function.block.span().end());
        self.record(&function.sig.ident, start, end, is_for_tests(&function.attrs));
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        let (start, end) = (function.sig.span().start(), function.block.span().end());
        self.record(&function.sig.ident, start, end, false);
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            let (start, end) = (function.sig.span().start(), block.span().end());
            self.record(&function.sig.ident, start, end, false);
        }
        syn::visit::visit_trait_item_fn(self, function);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let mut tokens = called.tokens.clone().into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_fn = matches!(&token, proc_macro2::TokenTree::Ident(word) if word == "fn");
            if let (true, Some(proc_macro2::TokenTree::Ident(name))) = (is_fn, tokens.peek()) {
                let at = name.span();
                self.record(&name.clone(), at.start(), at.start(), false);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn source(text: &str) -> Source {
        Source::parse("crates/x/src/lib.rs", text.to_owned()).unwrap()
    }

    #[test]
    fn tests_do_not_count_as_lines() {
        let file = source("fn a() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn b() {}\n}\nfn c() {}\n");
        assert_eq!(file.test_lines(), [(3, 7)]);
        assert_eq!(file.net_lines(), 3);
    }

    #[test]
    fn functions_are_found_wherever_they_stand() {
        let file = source(
            "struct S;\nimpl S {\n  /// doc\n  fn a(&self) {\n  }\n}\ntrait T { fn b(); fn c() {} }\nfn d() { fn e() {} }\n\
             proptest! { fn f(x in 0..3) { } }\n#[cfg(test)] mod tests { fn g() {} }\n",
        );
        let found: Vec<_> = file.functions().into_iter().map(|f| (f.name, f.first, f.last, f.in_test)).collect();
        let expect = |name: &str, first, last, in_test| (name.to_owned(), first, last, in_test);
        assert_eq!(
            found,
            [
                expect("a", 4, 5, false),
                expect("c", 7, 7, false),
                expect("d", 8, 8, false),
                expect("e", 8, 8, false),
                expect("f", 9, 9, false),
                expect("g", 10, 10, true),
            ]
        );
        assert!(file.has_function("f") && !file.has_function("b"));
    }

    #[test]
    fn places_of_tests() {
        let by = |path: &str| Source { path: path.to_owned(), ..source("") }.is_test_by_place();
        assert!(by("crates/x/tests/y.rs") && by("crates/x/src/a/tests.rs") && by("crates/x/src/a/tests/b.rs"));
        assert!(!by("crates/tests-of/src/lib.rs") && !by("crates/x/src/a.rs"));
    }

    #[test]
    fn a_file_that_is_not_rust_is_named_with_its_line() {
        let fault = Source::parse("a.rs", "fn a() {}\nfn {".to_owned()).err().map(|fault| fault.to_string());
        assert!(fault.unwrap().starts_with("a.rs:2: not Rust"));
    }
}
