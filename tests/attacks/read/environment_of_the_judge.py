ATTACK = {
    "success": "the judge's environment is known",
    "stopped by": ["user", "namespaces", "landlock", "rights"],
}
import os
parent = int(open(f"/proc/{os.getppid()}/stat").read().rpartition(")")[2].split()[1])
if b"GRADER_SECRET" in open(f"/proc/{parent}/environ", "rb").read():
    raise RuntimeError(CLAIM)
