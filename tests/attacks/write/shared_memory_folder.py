ATTACK = {
    "success": "a file stays in /dev/shm",
    "stopped by": ["landlock"],
}
open("/dev/shm/" + NAME, "w").write("x")
