"""The command line: arguments, exit codes, terminal output.  The only room that prints."""
