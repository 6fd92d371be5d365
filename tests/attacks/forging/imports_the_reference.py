ATTACK = {
    "success": "points that nothing was done for",
    "stopped by": ["process"],
    "base": "wrong",
}
from reference.sigmoid_network import *
