"""Numbers of the system calls that the filter speaks of: name, on x86-64, on aarch64 ("-": not there).

From the kernel's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h (Linux 6.12).
"""

from __future__ import annotations

import re

ARCHITECTURES = ("x86_64", "aarch64")

# What one process of Python, NumPy and torch needs, in groups; none of it leads out of the process but to files, and
# which files is Landlock's concern.
ALLOWED = """
    reading and writing what is open:
        read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, pwrite64 18 68, preadv 295 69, pwritev
        296 70, preadv2 327 286, pwritev2 328 287, lseek 8 62, close 3 57, close_range 436 436, ftruncate 77 46,
        fsync 74 82, fdatasync 75 83, flock 73 32, fadvise64 221 223, dup 32 23, dup2 33 -,
        dup3 292 24, copy_file_range 326 285, sendfile 40 71, readahead 187 213, sync_file_range 277 84
    files, as far as Landlock lets them be opened:
        open 2 -, openat 257 56, openat2 437 437, stat 4 -, fstat 5 80, lstat 6 -, newfstatat 262 79, statx 332
        291, access 21 -, faccessat 269 48, faccessat2 439 439, readlink 89 -, readlinkat 267 78, getdents 78 -,
        getdents64 217 61, getcwd 79 17, chdir 80 49, fchdir 81 50, statfs 137 43, fstatfs 138 44, mkdir 83 -,
        mkdirat 258 34, unlink 87 -, unlinkat 263 35, rmdir 84 -, rename 82 -, renameat 264 38, renameat2 316
        276, umask 95 166
    waiting:
        poll 7 -, ppoll 271 73, select 23 -, pselect6 270 72, epoll_create 213 -, epoll_create1 291 20,
        epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait 281 22, epoll_pwait2 441 441, pipe 22 -, pipe2 293 59,
        eventfd 284 -, eventfd2 290 19, nanosleep 35 101, clock_nanosleep 230 115, pause 34 -, restart_syscall
        219 128, timerfd_create 283 85, timerfd_settime 286 86, timerfd_gettime 287 87
    memory (mmap is looked at below):
        brk 12 214, munmap 11 215, mremap 25 216, mprotect 10 226, madvise 28 233, mincore 27 232, msync 26 227,
        membarrier 324 283, mlock 149 228, munlock 150 229, pkey_alloc 330 289, pkey_free 331 290, pkey_mprotect
        329 288
    its own signals:
        rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, rt_sigpending 127 136, rt_sigtimedwait
        128 137, rt_sigsuspend 130 133, sigaltstack 131 132, alarm 37 -, getitimer 36 102, setitimer 38 103,
        timer_create 222 107, timer_settime 223 110, timer_gettime 224 108, timer_getoverrun 225 109,
        timer_delete 226 111
    threads:
        futex 202 98, futex_waitv 449 449, set_robust_list 273 99, get_robust_list 274 100, rseq 334 293,
        set_tid_address 218 96, exit 60 93, exit_group 231 94, sched_yield 24 124, sched_getaffinity 204 123,
        sched_getparam 143 121, sched_getscheduler 145 120, sched_get_priority_max
        146 125, sched_get_priority_min 147 126, getcpu 309 168, gettid 186 178, wait4 61 260, waitid 247 95
    what it is, and what time:
        getpid 39 172, getppid 110 173, getuid 102 174, geteuid 107 175, getgid 104 176, getegid 108 177,
        getgroups 115 158, getresuid 118 148, getresgid 120 150, getpgrp 111 -, getpgid 121 155, getsid 124 156,
        getpriority 140 141, uname 63 160, sysinfo 99 179, getrusage 98 165, times 100 153, getrlimit 97 163,
        clock_gettime 228 113, clock_getres 229 114, gettimeofday 96 169, time 201 -, getrandom 318 278,
        arch_prctl 158 -, capget 125 90
    a socket that is there already:
        recvfrom 45 207, recvmsg 47 212, sendmsg 46 211, getsockopt 55 209, getsockname 51 204, getpeername 52
        205, shutdown 48 210
"""

# What is looked at more closely, see `seccomp`.
LOOKED_AT = """
    clone 56 220, clone3 435 435, mmap 9 222, prctl 157 167, ioctl 16 29, fcntl 72 25, socketpair 53 199, socket 41
    198, connect 42 203, sendto 44 206, prlimit64 302 261, chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452
    452, chown 92 -, fchown 93 55, lchown 94 -, fchownat 260 54, utime 132 -, utimes 235 -, utimensat 280 88,
    futimesat 261 -, sched_setscheduler 144 119, sched_setparam 142 118, sched_setattr 314 274, setpriority 141 140,
    ioprio_set 251 30, sched_setaffinity 203 122, fallocate 285 47, setsid 112 157, setpgid 109 154, get_mempolicy 239
    236, mbind 237 235, set_mempolicy 238 237, io_uring_setup 425 425
"""


def numbers(text: str, architecture: str) -> dict[str, int]:
    """The numbers of the calls in one of the tables above; what an architecture doesn't have is left out."""
    place = 2 + ARCHITECTURES.index(architecture)
    found = {}
    for match in re.finditer(r"([a-z]\w*)\s+(\d+|-)\s+(\d+|-)(?=,|\s*\n)", text):
        if match[place] != "-":
            found[match[1]] = int(match[place])
    return found
