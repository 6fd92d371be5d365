ATTACK = {
    "success": "a file outside its folder is changed",
    "stopped by": ["landlock", "user"],
}
import os
os.mkdir(DROP + "/folder")
