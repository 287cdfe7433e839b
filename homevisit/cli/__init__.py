"""The `homevisit` command: parse, call one service, print."""
