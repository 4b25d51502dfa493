"""The subcommands of `guidegraph`, by what they are about."""
