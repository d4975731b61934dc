"""How long somebody will wait: the hall is played forward many times with what earlier days were like.

Pure: nothing here reads a table. Moments are seconds since midnight of the mall's own day.
"""
