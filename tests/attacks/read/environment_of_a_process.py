ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}
raise RuntimeError(open(f"/proc/{VICTIM}/environ").read())
