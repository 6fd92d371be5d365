ATTACK = {
    "success": "the judge stumbles over it: the submission has no score",
    "stopped by": ["reader"],
}
import gc, json, struct
wire = next(each for each in gc.get_objects() if type(each).__name__ == "Wire")
def send(header, body=b"", channel=1):
    wire._socket.sendall(struct.pack(">IBI", 5 + len(header) + len(body), channel, len(header)) + header + body)
send(b"[1]")
