#!/bin/sh
# rustc for fuzzing: instruments our crates and the two parsers below them, and nothing else. The rest is ciphers, whose edges say
# nothing of what a reader does and would take half of the time. Called by cargo (RUSTC_WRAPPER): the compiler, then its arguments.
compiler=$1
shift
case " $* " in
*" --crate-name casemate_"* | *" --crate-name der "* | *" --crate-name minicbor "*)
  # By stable flags: what `cargo fuzz` sets, without the sanitizer, which a nightly compiler has alone.
  exec "$compiler" "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares
  ;;
*) exec "$compiler" "$@" ;;
esac
