//! What a measure found, and what is wanted of it.

/// One measure: what was found of what there is, and the share that is asked for.
pub struct Measure {
    pub name: String,
    pub found: f64,
    pub wanted: f64,
    /// Of how many, where it is a share of them.
    pub of: Option<usize>,
    pub misses: Vec<String>,
}

impl Measure {
    /// `good` of `all`, of which a share is wanted.
    pub fn share(name: &str, all: usize, misses: Vec<String>, wanted: f64) -> Self {
        let found = if all == 0 { 0.0 } else { (all - misses.len().min(all)) as f64 / all as f64 };
        Self { name: name.to_owned(), found, wanted, of: Some(all), misses }
    }

    pub fn is_met(&self) -> bool {
        self.found >= self.wanted
    }

    pub fn print(&self, with_misses: bool) {
        let of = self.of.map_or(String::new(), |all| format!("{} of {all}", (self.found * all as f64).round()));
        let met = if self.is_met() { "ok" } else { "MISSED" };
        println!("{:<46} {:>7.3} {:>7.3} {:>14}  {met}", self.name, self.found, self.wanted, of);
        self.misses.iter().filter(|_| with_misses).for_each(|miss| println!("    {miss}"));
    }
}
