ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}


def attack():
    import importlib.machinery, importlib.util
    loader = importlib.machinery.SourceFileLoader("secret", SECRET)
    raise RuntimeError(loader.get_data(SECRET).decode())


attack()
