//! The modules of one crate and what each refers to.
//!
//! Keeps: a path that goes through a re-export is followed to the module that defines the item; what only tests see is
//! left out.
//! Does not know: types, traits and macros' expansions. Paths inside macro calls are read as tokens.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Item, UseTree};

use crate::rust::{Source, is_for_tests};

/// From the crate's root: `["scan", "amr"]`; the root is empty.
pub type ModulePath = Vec<String>;

/// Bound on re-exports of re-exports.
const LONGEST_CHAIN: usize = 16;

/// One module.
#[derive(Debug, Default)]
pub struct Module {
    pub file: String,
    children: Vec<String>,
    /// Name → the path that a `use` gave it.
    names: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    items: Vec<String>,
    /// Absolute paths referred to, each with its line.
    paths: Vec<(Vec<String>, usize)>,
}

/// One module leaning on another, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub from: ModulePath,
    pub to: ModulePath,
    pub file: String,
    pub line: usize,
}

/// The modules below one crate root (`src/lib.rs`, `src/main.rs`).
#[derive(Debug, Default)]
pub struct Modules {
    modules: BTreeMap<ModulePath, Module>,
}

impl Modules {
    /// Reads the tree that starts at `root`; a file that `mod` names and `sources` lacks is skipped (rustc names it).
    pub fn read(root: &str, sources: &[Source]) -> Self {
        let mut tree = Self::default();
        if let Some(source) = sources.iter().find(|source| source.path == root) {
            let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
            tree.module(Vec::new(), source, &source.syntax.items, folder, sources);
        }
        tree
    }

    pub fn len(&self) -> usize {
        self.modules.len()
    }

    fn module(&mut self, path: ModulePath, source: &Source, items: &[Item], folder: &str, sources: &[Source]) {
        let mut module = Module { file: source.path.clone(), ..Module::default() };
        for item in items {
            let Item::Mod(child) = item else { continue };
            if is_for_tests(&child.attrs) {
                continue;
            }
            let name = child.ident.to_string();
            let mut below = path.clone();
            below.push(name.clone());
            let inside = format!("{folder}/{name}");
            if let Some((_, items)) = &child.content {
                self.module(below, source, items, &inside, sources);
            } else {
                let files = [format!("{inside}.rs"), format!("{inside}/mod.rs")];
                let Some(file) = sources.iter().find(|source| files.contains(&source.path)) else { continue };
                self.module(below, file, &file.syntax.items, &inside, sources);
            }
            module.children.push(name);
        }
        let mut reader = Reader { at: &path, module: &mut module };
        items.iter().for_each(|item| reader.visit_item(item));
        self.modules.insert(path, module);
    }

    /// Every reference from one module to another of this crate.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        for (from, module) in &self.modules {
            for (path, line) in &module.paths {
                let to = self.definer(path, LONGEST_CHAIN);
                if to != *from {
                    found.push(Reference { from: from.clone(), to, file: module.file.clone(), line: *line });
                }
            }
        }
        found
    }

    /// The module that defines what the path names.
    fn definer(&self, path: &[String], chain: usize) -> ModulePath {
        let mut at: ModulePath = Vec::new();
        for (index, name) in path.iter().enumerate() {
            let Some(module) = self.modules.get(&at) else { return at };
            if module.children.contains(name) {
                at.push(name.clone());
                continue;
            }
            if chain == 0 || module.items.contains(name) {
                return at;
            }
            let onward = |target: &Vec<String>| {
                let mut whole = target.clone();
                whole.extend_from_slice(path.get(index + 1..).unwrap_or_default());
                self.definer(&whole, chain - 1)
            };
            if let Some(target) = module.names.get(name) {
                return onward(target);
            }
            let through = module.globs.iter().find(|glob| {
                let target = self.definer(glob, chain - 1);
                self.modules
                    .get(&target)
                    .is_some_and(|module| module.items.contains(name) || module.names.contains_key(name))
            });
            return through.map_or(at, |glob| self.definer(&[glob.as_slice(), &path[index..]].concat(), chain - 1));
        }
        at
    }
}

/// Collects one module's own names and paths; nested modules are modules of their own.
struct Reader<'a> {
    at: &'a ModulePath,
    module: &'a mut Module,
}

impl Reader<'_> {
    /// The absolute path, where these segments start inside the crate.
    fn absolute(&self, segments: &[String]) -> Option<Vec<String>> {
        let first = segments.first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.at.clone(),
            child if self.module.children.iter().any(|name| name == child) => {
                return Some([self.at.as_slice(), segments].concat());
            }
            _ => return None,
        };
        let mut rest = segments;
        while let Some((word, onward)) = rest.split_first() {
            match word.as_str() {
                "crate" | "self" => {}
                "super" => {
                    base.pop()?;
                }
                _ => break,
            }
            rest = onward;
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    fn refer(&mut self, segments: &[String], line: usize) {
        if matches!(segments.first().map(String::as_str), Some("crate" | "self" | "super"))
            && let Some(path) = self.absolute(segments)
        {
            self.module.paths.push((path, line));
        }
    }

    fn imports(&mut self, tree: &UseTree, before: &[String], public: bool) {
        match tree {
            UseTree::Path(path) => {
                let onward = [before, &[path.ident.to_string()]].concat();
                self.imports(&path.tree, &onward, public);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.imports(tree, before, public)),
            UseTree::Name(name) if name.ident == "self" => self.import(before, before.last(), public, tree),
            UseTree::Name(name) => {
                let word = name.ident.to_string();
                self.import(&[before, std::slice::from_ref(&word)].concat(), Some(&word), public, tree);
            }
            UseTree::Rename(rename) => {
                let whole = [before, &[rename.ident.to_string()]].concat();
                self.import(&whole, Some(&rename.rename.to_string()), public, tree);
            }
            UseTree::Glob(_) => {
                if let Some(path) = self.absolute(before) {
                    self.module.globs.push(path);
                }
                if !public {
                    self.refer(before, tree.span().start().line);
                }
            }
        }
    }

    fn import(&mut self, segments: &[String], name: Option<&String>, public: bool, tree: &UseTree) {
        if let (Some(path), Some(name)) = (self.absolute(segments), name) {
            self.module.names.insert(name.clone(), path);
        }
        if !public {
            self.refer(segments, tree.span().start().line);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(word) if word == "crate" || word == "super" => {
                    let line = word.span().start().line;
                    let mut segments = vec![word.to_string()];
                    let mut rest = trees.get(index + 1..).unwrap_or_default();
                    while let [TokenTree::Punct(a), TokenTree::Punct(b), TokenTree::Ident(next), onward @ ..] = rest
                        && a.as_char() == ':'
                        && b.as_char() == ':'
                    {
                        segments.push(next.to_string());
                        rest = onward;
                    }
                    self.refer(&segments, line);
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let name = match item {
            Item::Fn(item) if is_for_tests(&item.attrs) => return,
            Item::Impl(item) if is_for_tests(&item.attrs) => return,
            Item::Use(item) if is_for_tests(&item.attrs) => return,
            Item::Mod(_) => return,
            Item::Use(item) => {
                // A re-export lends a name; it is not a use of it.
                let public = !matches!(item.vis, syn::Visibility::Inherited);
                return self.imports(&item.tree, &[], public);
            }
            Item::Fn(item) => Some(&item.sig.ident),
            Item::Struct(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Trait(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            Item::Const(item) => Some(&item.ident),
            Item::Static(item) => Some(&item.ident),
            _ => None,
        };
        self.module.items.extend(name.map(ToString::to_string));
        syn::visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.refer(&segments, path.span().start().line);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.tokens(called.tokens.clone());
        syn::visit::visit_macro(self, called);
    }
}
