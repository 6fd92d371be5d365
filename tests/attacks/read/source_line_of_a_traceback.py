ATTACK = {
    "success": "the secret file's text is in the report",
    "stopped by": ["landlock", "user"],
}
import traceback
try:
    exec(compile("None + 1", SECRET, "exec"))
except TypeError:
    raise RuntimeError(traceback.format_exc()[-300:])
