ATTACK = {
    "success": "a limit of its own is raised",
    "stopped by": ["user", "namespaces", "rights", "seccomp"],
}


def attack():
    import resource
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard + 1, hard + 1))
    raise RuntimeError(CLAIM)


attack()
