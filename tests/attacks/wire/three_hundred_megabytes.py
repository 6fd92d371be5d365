ATTACK = {
    "success": "the judge takes a frame of any size",
    "stopped by": ["reader"],
}


def attack():
    import gc, json, struct
    wire = next(each for each in gc.get_objects() if type(each).__name__ == "Wire")
    header = json.dumps({"error": {"kind": "raised", "type": "RuntimeError", "text": CLAIM, "frames": []}}).encode()
    wire._socket.sendall(struct.pack(">IBI", 5 + len(header) + (300 << 20), 1, len(header)) + header)
    for _ in range(300):
        wire._socket.sendall(bytes(1 << 20))


attack()
