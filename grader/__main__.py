"""`python -m grader` is `grader`."""

from grader.cli.entry import main

if __name__ == "__main__":
    main()
