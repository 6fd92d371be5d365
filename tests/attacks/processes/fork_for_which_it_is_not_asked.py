ATTACK = {
    "success": "a process of its own runs under the filter",
    "stopped by": ["gate"],
}


def attack():
    import os
    _number = os.fork()
    if _number == 0:
        os._exit(0)
    os.waitpid(_number, 0)
    raise RuntimeError(CLAIM)


attack()
