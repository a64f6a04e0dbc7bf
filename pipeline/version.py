"""The version of the application, as pyproject.toml has it."""

VERSION = "0.1.0"
