//! The fences round a worker, raised in the one order in which they all hold.
//!
//! Keeps: each is reported as granted or absent, with the fact behind it; none is silently skipped.
//! Does not know: what to do when one is absent (the caller refuses to work where a required one is).

use casemate_ports::worker::Fence;
use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus,
    Scope, path_beneath_rules,
};
use rustix::process::{DumpableBehavior, Signal, set_dumpable_behavior, set_parent_process_death_signal};
use rustix::thread::UnshareFlags;

use crate::bounds::{Bounds, fence};
use crate::{limits, syscalls};

/// Raises every fence round this process, for good. Call it first thing, before a thread is started.
#[must_use]
pub fn raise(bounds: &Bounds) -> Vec<Fence> {
    // Namespaces first: a new user namespace resets the parent-death signal and the dumpable flag.
    let mut fences = namespaces();
    fences.push(fence("parent-death", set_parent_process_death_signal(Some(Signal::KILL)), "killed with its parent"));
    fences.push(fence("no-dump", set_dumpable_behavior(DumpableBehavior::NotDumpable), "memory closed to others"));
    fences.push(fence("no-new-privileges", rustix::thread::set_no_new_privs(true), "no_new_privs"));
    fences.push(landlock(bounds));
    fences.extend(limits::lower(bounds));
    // Last, for it refuses the calls that the others are made with.
    fences.push(syscalls::filter(!bounds.readable.is_empty()));
    fences
}

/// The required fences that don't stand, by name.
#[must_use]
pub fn missing(fences: &[Fence]) -> Vec<String> {
    fences.iter().filter(|f| f.required && !f.granted).map(|f| f.name.clone()).collect()
}

fn namespaces() -> Vec<Fence> {
    let whole = [
        ("user-namespace", UnshareFlags::NEWUSER, "own user namespace"),
        ("network-namespace", UnshareFlags::NEWNET, "no network device but a closed loopback"),
        ("ipc-namespace", UnshareFlags::NEWIPC, "own System V IPC"),
    ];
    whole.into_iter().map(|(name, flag, fact)| Fence { required: false, ..fence(name, unshare(flag), fact) }).collect()
}

#[allow(unsafe_code, reason = "rustix marks unshare unsafe because of FILES alone, which is never passed here")]
fn unshare(flag: UnshareFlags) -> rustix::io::Result<()> {
    // SAFETY: the descriptor table stays shared (no `UnshareFlags::FILES`), the only hazard that the call names.
    unsafe { rustix::thread::unshare_unsafe(flag) }
}

fn landlock(bounds: &Bounds) -> Fence {
    let made = restrict(bounds).and_then(|status| match status {
        RulesetStatus::NotEnforced => Err("the kernel does not enforce it".to_owned()),
        other => Ok(other),
    });
    let fact = match &made {
        Ok(RulesetStatus::FullyEnforced) => "files, TCP, signals and abstract sockets",
        _ => "files; this kernel is too old for some of TCP, signals, abstract sockets",
    };
    fence("landlock", made.map(|_| ()), format!("{fact}; {} readable", bounds.readable.len()))
}

fn restrict(bounds: &Bounds) -> Result<RulesetStatus, String> {
    let abi = ABI::V6;
    let plain = |e: landlock::RulesetError| e.to_string();
    // The first ABI's file rules must hold; what came later is taken where the kernel has it.
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V1))
        .map_err(plain)?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))
        .map_err(plain)?
        .handle_access(AccessNet::from_all(abi))
        .map_err(plain)?
        .scope(Scope::from_all(abi))
        .map_err(plain)?
        .create()
        .map_err(plain)?
        .add_rules(path_beneath_rules(&bounds.readable, AccessFs::ReadFile | AccessFs::ReadDir))
        .map_err(plain)?
        .restrict_self()
        .map(|s| s.ruleset)
        .map_err(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_required_and_absent_ones_are_missing() {
        let f = |name: &str, required, granted| Fence { name: name.into(), required, granted, detail: String::new() };
        let fences = [f("a", true, true), f("b", true, false), f("c", false, false)];
        assert_eq!(missing(&fences), ["b"]);
    }
}
