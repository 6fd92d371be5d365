ATTACK = {
    "success": "points that nothing was done for",
    "stopped by": ["process"],
    "base": "wrong",
}
import grader.grading.asking as asking
asking.Answers.earned = property(lambda self: self.points)
asking.Answers.score = property(lambda self: self.exercise.points)
