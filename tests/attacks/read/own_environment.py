ATTACK = {
    "success": "the judge's environment is known",
    "stopped by": ["environment"],
}
import os
if "GRADER_SECRET" in os.environ:
    raise RuntimeError(CLAIM)
