"""A terminal for tests: runs a command in a pseudo-terminal of its own. What comes in is typed, what is shown goes out, and when no more
comes in the window is closed. SIGUSR1 makes the window narrower, SIGUSR2 writes the terminal's mode to the error output."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios


def resize(descriptor, rows, columns):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def mode(*_):
    flags = termios.tcgetattr(master)[3]
    lines = "lines" if flags & termios.ICANON else "keys"
    echo = "echo" if flags & termios.ECHO else "silent"
    os.write(2, f"mode {lines} {echo}\n".encode())


pid, master = pty.fork()
if pid == 0:
    resize(0, 40, 100)
    os.execvp(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGUSR1, lambda *_: resize(master, 40, 50))
signal.signal(signal.SIGUSR2, mode)
while True:
    ready, _, _ = select.select([0, master], [], [])
    try:
        if master in ready:
            shown = os.read(master, 65536)
            if not shown:
                break
            os.write(1, shown)
        if 0 in ready:
            typed = os.read(0, 65536)
            if not typed:
                break
            os.write(master, typed)
    except OSError:
        break
os.close(master)
os.waitpid(pid, 0)
