ATTACK = {
    "success": "points that nothing was done for",
    "stopped by": ["process"],
    "base": "wrong",
}
import sys
import grader.grading
sys.modules["grader.grading.grade"].total = lambda scores: 30.0
