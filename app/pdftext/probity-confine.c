/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#  define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#  define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#  define OWN_ARCHITECTURE AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#  define OWN_ARCHITECTURE AUDIT_ARCH_PPC64LE
#elif defined(__s390x__)
#  define OWN_ARCHITECTURE AUDIT_ARCH_S390X
#else
#  error "Which system calls this architecture has is not known here"
#endif

/* The low half of an argument, in which flags and protections stand. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#  define ARGUMENT(n) (offsetof (struct seccomp_data, args) + (n) * 8)
#else
#  define ARGUMENT(n) (offsetof (struct seccomp_data, args) + (n) * 8 + 4)
#endif

#define LOAD(place) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, (place))
#define ANSWER(what) BPF_STMT (BPF_RET | BPF_K, (what))
#define REFUSE(error) ANSWER (SECCOMP_RET_ERRNO | ((error) & SECCOMP_RET_DATA))
#define ALLOW(call) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), ANSWER (SECCOMP_RET_ALLOW)
#define DENY(call) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), REFUSE (EACCES)
/* Memory, but none that could be run. */
#define ALLOW_WITHOUT_CODE(call)                           \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 4), \
      LOAD (ARGUMENT (2)), BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1), ANSWER (SECCOMP_RET_KILL_PROCESS), ANSWER (SECCOMP_RET_ALLOW)

/*
 * What is not named here ends the process. What asks for files is refused instead: libraries look for settings that
 * they can do without.
 */
static struct sock_filter filter[] = {
  LOAD (offsetof (struct seccomp_data, arch)),
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),
  ANSWER (SECCOMP_RET_KILL_PROCESS),
  LOAD (offsetof (struct seccomp_data, nr)),

  ALLOW (read),
  ALLOW (write),
  ALLOW (lseek),
  ALLOW (fstat),
  ALLOW (close),
  ALLOW (exit),
  ALLOW (exit_group),

  ALLOW (brk),
  ALLOW_WITHOUT_CODE (mmap),
  ALLOW_WITHOUT_CODE (mprotect),
  ALLOW (munmap),
  ALLOW (mremap),
  ALLOW (madvise),

  ALLOW (futex),
  ALLOW (sched_yield),
  ALLOW (clock_gettime),
  ALLOW (clock_getres),
  ALLOW (gettimeofday),
  ALLOW (getrandom),
  ALLOW (getpid),
  ALLOW (gettid),
  ALLOW (rt_sigreturn),
  ALLOW (rt_sigprocmask),
  ALLOW (restart_syscall),

  DENY (openat),
  DENY (newfstatat),
  DENY (statx),
  DENY (faccessat),
  DENY (faccessat2),
  DENY (readlinkat),
  DENY (getcwd),
  DENY (uname),
  DENY (sysinfo),
  DENY (prlimit64),
  DENY (ioctl),
  DENY (fcntl),
#ifdef __NR_open
  DENY (open),
  DENY (stat),
  DENY (lstat),
  DENY (access),
  DENY (readlink),
#endif
  ANSWER (SECCOMP_RET_KILL_PROCESS),
};

static gboolean
lower_limit (__rlimit_resource_t resource,
             rlim_t              soft,
             rlim_t              hard)
{
  struct rlimit limit = { soft, hard };

  return setrlimit (resource, &limit) == 0;
}

gboolean
probity_confine (void)
{
  const struct sock_fprog program = { G_N_ELEMENTS (filter), filter };

  if (syscall (__NR_close_range, 3u, ~0u, 0u) != 0)
    return FALSE;

  /* After the soft limit of time the kernel sends SIGXCPU, which ends the program; after the hard one SIGKILL. */
  if (!lower_limit (RLIMIT_CORE, 0, 0) ||
      !lower_limit (RLIMIT_FSIZE, 0, 0) ||
      !lower_limit (RLIMIT_NPROC, 0, 0) ||
      !lower_limit (RLIMIT_NOFILE, 0, 0) ||
      !lower_limit (RLIMIT_MEMLOCK, 0, 0) ||
      !lower_limit (RLIMIT_AS, PROBITY_CONFINE_MEMORY, PROBITY_CONFINE_MEMORY) ||
      !lower_limit (RLIMIT_CPU, PROBITY_CONFINE_SECONDS, PROBITY_CONFINE_SECONDS + 1))
    return FALSE;

  return prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
         prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
