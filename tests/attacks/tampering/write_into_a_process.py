ATTACK = {
    "success": "another process's doing is changed",
    "stopped by": ["user", "namespaces", "landlock", "rights"],
}
maps = open(f"/proc/{VICTIM}/maps").read()
start = int(next(line for line in maps.splitlines() if "[stack]" in line).split("-")[0], 16)
with open(f"/proc/{VICTIM}/mem", "r+b", buffering=0) as memory:
    memory.seek(start)
    if memory.write(b"x"):
        raise RuntimeError(CLAIM)
