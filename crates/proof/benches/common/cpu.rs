//! How much of the processor a benchmark has used.
//!
//! Keeps: time of this process alone, whatever runs beside it. Does not know: what was measured.

/// CPU seconds of this process so far (`/proc/self/stat`, fields 14 and 15, in hundredths).
pub fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after = stat.rsplit_once(')').unwrap().1;
    let fields: Vec<&str> = after.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}
