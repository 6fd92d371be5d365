ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["user", "namespaces", "landlock", "rights"],
}
raise RuntimeError(open(f"/proc/{VICTIM}/environ").read())
