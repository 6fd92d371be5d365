ATTACK = {
    "success": "the names in a folder of the judge's are known",
    "stopped by": ["landlock"],
}
import os
if "secret" in os.listdir(FOLDER):
    raise RuntimeError(CLAIM)
