ATTACK = {
    "success": "points that nothing was done for",
    "stopped by": ["process"],
    "base": "wrong",
}
import atexit, glob, json
def rewrite():
    for path in glob.glob(RESULTS + "/m_forging_report_at_exit.json"):
        report = json.load(open(path))
        report["score"] = 30
        json.dump(report, open(path, "w"))
atexit.register(rewrite)
