"""Stands for a parser that the kernel, or an operator, ends."""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
