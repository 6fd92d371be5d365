ATTACK = {
    "success": "twenty processes run at once",
    "stopped by": ["seccomp"],
}


def attack():
    import os, time
    numbers = []
    for _ in range(20):
        number = os.fork()
        if number == 0:
            time.sleep(5)
            os._exit(0)
        numbers.append(number)
    for number in numbers:
        os.kill(number, 9)
        os.waitpid(number, 0)
    raise RuntimeError(CLAIM)


attack()
