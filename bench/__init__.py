"""What a build costs, measured from outside, beside two other generators: `python -m bench --help`."""
