ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["landlock", "user", "seccomp"],
}
import socket
socket.socket(socket.AF_UNIX).bind(DROP + "/socket")
