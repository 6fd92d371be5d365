ATTACK = {
    "success": "nobody after it gets a report",
    "stopped by": ["process"],
    "base": "wrong",
}
import os
def relu(x):
    os._exit(0)
