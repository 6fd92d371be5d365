"""What runs inside the student's process.  It holds no secret and imports nothing of the judge."""
