ATTACK = {
    "success": "another process is signalled",
    "stopped by": ["user", "landlock", "seccomp"],
}
import fcntl, os
reading, writing = os.pipe()
fcntl.fcntl(reading, fcntl.F_SETOWN, VICTIM)
fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
os.write(writing, b"x")
