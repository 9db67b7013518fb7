// PLOTWATCH_MULTIVERSION before a function compiles it once for each x86-64 level; the loader picks the
// widest that the processor has. Everything the function calls in its loop must inline into it.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(PLOTWATCH_NO_MULTIVERSION)
#define PLOTWATCH_HAS_MULTIVERSION 1
#define PLOTWATCH_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PLOTWATCH_HAS_MULTIVERSION 0
#define PLOTWATCH_MULTIVERSION
#endif

#if defined(__GNUC__)
#define PLOTWATCH_INLINE inline __attribute__((always_inline))
#else
#define PLOTWATCH_INLINE inline
#endif
