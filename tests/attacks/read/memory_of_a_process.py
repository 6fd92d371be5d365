ATTACK = {
    "success": "another process's memory is read",
    "stopped by": ["user", "namespaces", "landlock", "rights"],
}


def attack():
    maps = open(f"/proc/{VICTIM}/maps").read()
    start = int(next(line for line in maps.splitlines() if "[stack]" in line).split("-")[0], 16)
    end = int(next(line for line in maps.splitlines() if "[stack]" in line).split("-")[1].split()[0], 16)
    with open(f"/proc/{VICTIM}/mem", "rb") as memory:
        memory.seek(start)
        text = memory.read(end - start)
    raise RuntimeError(text[text.index(b"SECRET=") :][:40].decode())


attack()
