ATTACK = {
    "success": "the answer key is read",
    "stopped by": ["user", "landlock"],
}
import glob
if open(glob.glob(CACHE + "/*.key")[0], "rb").read(100):
    raise RuntimeError(CLAIM)
