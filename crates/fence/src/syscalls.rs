//! The system-call fence: a list of what a parser needs; the rest fails, and what only an intruder would ask kills.
//!
//! Keeps: no socket, no program started, no process forked (threads are), no new executable memory, no signal to
//! another process. Does not know: paths (landlock's).

use std::collections::BTreeMap;

use casemate_ports::worker::Fence;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen as Len, SeccompCmpOp as Op, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

use crate::bounds::fence;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Allowed whatever the arguments.
const ALLOWED: &[i64] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_pread64,
    libc::SYS_pwrite64,
    libc::SYS_lseek,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_ftruncate,
    libc::SYS_memfd_create,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getcpu,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_sysinfo,
    libc::SYS_uname,
    libc::SYS_getrusage,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Looking at files: only where landlock leaves something to be seen.
const READING: &[i64] = &[libc::SYS_openat, libc::SYS_newfstatat, libc::SYS_statx, libc::SYS_getdents64];

/// What no parser asks for.
const DEADLY: &[i64] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
];

const PR_SET_NAME: u64 = libc::PR_SET_NAME as u64;
const PROT_EXEC: u64 = libc::PROT_EXEC as u64;
const CLONE_THREAD: u64 = libc::CLONE_THREAD as u64;
const EPERM: u32 = libc::EPERM as u32;
const ENOSYS: u32 = libc::ENOSYS as u32;

/// Installs the filters on this thread and all it starts.
pub(crate) fn filter(reading: bool) -> Fence {
    let made = programs(reading).and_then(|programs| {
        programs.iter().try_for_each(|p| apply_filter(p)).map_err(|e| e.to_string())?;
        Ok(())
    });
    fence("seccomp", made, "no sockets, no programs, no processes; threads")
}

fn programs(reading: bool) -> Result<Vec<BpfProgram>, String> {
    let arch: TargetArch = std::env::consts::ARCH.try_into().map_err(|e| format!("{e}"))?;
    let program = |rules: Rules, otherwise, then| -> Result<BpfProgram, String> {
        let filter = SeccompFilter::new(rules, otherwise, then, arch).map_err(|e| e.to_string())?;
        BpfProgram::try_from(filter).map_err(|e| e.to_string())
    };
    // glibc falls back to clone, whose flags a filter can see; those of clone3 are behind a pointer.
    let clone3: Rules = [(libc::SYS_clone3, vec![])].into();
    let mut deadly: Rules = DEADLY.iter().map(|&n| (n, vec![])).collect();
    deadly.insert(libc::SYS_clone, vec![when(0, Op::MaskedEq(CLONE_THREAD), 0)?]);
    Ok(vec![
        program(clone3, SeccompAction::Allow, SeccompAction::Errno(ENOSYS))?,
        program(deadly, SeccompAction::Allow, SeccompAction::KillProcess)?,
        program(allowed(reading)?, SeccompAction::Errno(EPERM), SeccompAction::Allow)?,
    ])
}

fn allowed(reading: bool) -> Result<Rules, String> {
    let mut rules: Rules = ALLOWED.iter().map(|&n| (n, vec![])).collect();
    if reading {
        rules.extend(READING.iter().map(|&n| (n, vec![])));
    }
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_poll, vec![]);
    rules.insert(libc::SYS_ppoll, vec![]);
    // Answered with ENOSYS by the filter above it, whose errno would otherwise be this list's.
    rules.insert(libc::SYS_clone3, vec![]);
    rules.insert(libc::SYS_clone, vec![when(0, Op::MaskedEq(CLONE_THREAD), CLONE_THREAD)?]);
    rules.insert(libc::SYS_mmap, vec![when(2, Op::MaskedEq(PROT_EXEC), 0)?]);
    rules.insert(libc::SYS_mprotect, vec![when(2, Op::MaskedEq(PROT_EXEC), 0)?]);
    rules.insert(libc::SYS_prctl, vec![when(0, Op::Eq, PR_SET_NAME)?]);
    rules.insert(libc::SYS_tgkill, vec![when(0, Op::Eq, u64::from(std::process::id()))?]);
    rules.insert(libc::SYS_fcntl, vec![when(1, Op::Eq, libc::F_GETFL as u64)?, when(1, Op::Eq, libc::F_GETFD as u64)?]);
    Ok(rules)
}

fn when(argument: u8, op: Op, value: u64) -> Result<SeccompRule, String> {
    let condition = SeccompCondition::new(argument, Len::Dword, op, value).map_err(|e| e.to_string())?;
    SeccompRule::new(vec![condition]).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_both_allowed_and_deadly() {
        for n in DEADLY {
            assert!(!ALLOWED.contains(n) && !READING.contains(n), "{n}");
        }
    }

    #[test]
    fn the_filters_compile_here() {
        assert_eq!(programs(true).unwrap().len(), 3);
        assert_eq!(programs(false).unwrap().len(), 3);
    }
}
