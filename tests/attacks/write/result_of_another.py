ATTACK = {
    "success": "a report appears that the judge has not written",
    "stopped by": ["landlock", "user"],
}
open(RESULTS + "/" + NAME + ".json", "w").write("{}")
