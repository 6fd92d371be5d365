ATTACK = {
    "success": "a service of the machine's is reached",
    "stopped by": ["namespaces", "landlock", "seccomp"],
}
import urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=0.2)
