ATTACK = {
    "success": "the judge takes a frame of any size",
    "stopped by": ["reader"],
}


def attack():
    import gc, json, struct
    wire = next(each for each in gc.get_objects() if type(each).__name__ == "Wire")
    def send(header, body=b"", channel=1):
        wire._socket.sendall(struct.pack(">IBI", 5 + len(header) + len(body), channel, len(header)) + header + body)

    send(b"{}", bytes(300 << 20))
    raise RuntimeError(CLAIM)


attack()
