"""The commands of `sixtyone`."""
