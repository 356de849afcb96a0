"""The subcommands of ``nutkin``, one module each."""
