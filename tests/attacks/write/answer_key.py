ATTACK = {
    "success": "a file appears among the answer keys",
    "stopped by": ["landlock", "user"],
}
open(CACHE + "/" + NAME + ".key", "w").write("x")
