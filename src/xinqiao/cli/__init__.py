"""The command line. Each command is a module with ``run(argv) -> exit status``, imported only when it is called."""
