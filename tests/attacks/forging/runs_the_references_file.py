ATTACK = {
    "success": "points that nothing was done for",
    "stopped by": ["landlock"],
    "base": "wrong",
}
exec(open(REFERENCE).read())
