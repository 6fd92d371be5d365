ATTACK = {
    "success": "more is written than allowed",
    "stopped by": ["quota"],
}
import threading, time
def fill():
    try:
        for number in range(40):
            time.sleep(0.05)
            with open(f"late {number}", "wb") as file:
                file.write(bytes(3 << 20))
    except BaseException:
        pass
    globals()["filled"] = True
threading.Thread(target=fill, daemon=True).start()
filled = False
def numerical_gradient(f, x, h=1e-5):
    if filled:
        raise RuntimeError(CLAIM)
    for _ in range(40):
        time.sleep(0.1)
        if filled:
            raise RuntimeError(CLAIM)
