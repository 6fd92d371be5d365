ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["landlock", "user"],
}
open(SECRET, "a").write("x")
