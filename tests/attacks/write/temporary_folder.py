ATTACK = {
    "success": "a file stays in the temporary folder",
    "stopped by": ["landlock", "user"],
}
open(TMP + "/" + NAME, "w").write("x")
