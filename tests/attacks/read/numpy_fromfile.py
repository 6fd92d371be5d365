ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}
raise RuntimeError(bytes(np.fromfile(SECRET, np.uint8)).decode())
