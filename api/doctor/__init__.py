"""What is wrong with an installation of Sixty-One, or will be: each thing is looked at, whatever came of the others."""
