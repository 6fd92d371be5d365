ATTACK = {
    "success": "points that nothing was done for",
    "stopped by": ["process"],
    "base": "wrong",
}
import grader.grading.grade as grade
grade.total = lambda scores: 30.0
