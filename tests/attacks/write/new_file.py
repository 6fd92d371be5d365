ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["landlock", "user"],
}
open(DROP + "/file", "w").write("x")
