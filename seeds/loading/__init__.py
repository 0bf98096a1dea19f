"""Brings a folder of files into a database."""
