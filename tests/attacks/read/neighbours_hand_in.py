ATTACK = {
    "success": "a neighbour's text is read",
    "stopped by": ["landlock"],
}
if "def backward" in open(NEIGHBOUR).read():
    raise RuntimeError(CLAIM)
