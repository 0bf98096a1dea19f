"""The commands of `sixtyone`, one module each, named as the command."""
