ATTACK = {
    "success": "the reference's source is read",
    "stopped by": ["landlock"],
}
if "def backward" in open(REFERENCE).read():
    raise RuntimeError(CLAIM)
