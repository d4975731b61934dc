"""How a call is said: number words, sentences as lists of clips, and what a clip may be. Pure: no tables, no Django."""
