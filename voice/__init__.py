"""Makes the clips of calls by espeak-ng: a satellite with an environment of its own; the product works without."""
