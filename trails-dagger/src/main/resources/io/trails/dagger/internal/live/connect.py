# Standard input to the host, or what the host sends to standard output. The first line on the connection says who calls.
import os
import select
import signal
import socket
import sys

path, mode = sys.argv[1:3]
hello = os.environ.pop("TRAILS_HELLO")
for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    signal.signal(name, signal.SIG_IGN)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)

# USR1: the program has ended. What is in the pipe by now is its last output, whoever else holds the pipe.
draining = []
woken, wake = os.pipe()


def drain(*ignored):
    draining.append(True)
    os.write(wake, b".")


signal.signal(signal.SIGUSR1, drain)
host = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
host.connect(path)
host.sendall(("%s %d\n" % (hello, os.getpid())).encode())


def write(data):
    at = 0
    while at < len(data):
        at += os.write(1, data[at:])


if mode == "send":
    while True:
        # The host never sends here, so what there is to read is its end.
        watched = [0, host] if draining else [0, host, woken]
        ready = select.select(watched, [], [], 0 if draining else None)[0]
        if host in ready:
            break
        if 0 in ready:
            data = os.read(0, 65536)
            if not data:
                break
            host.sendall(data)
        elif draining:
            break
else:
    # An engine hands on the end of what the host sends only once this side has ended, too.
    host.shutdown(socket.SHUT_WR)
    while True:
        data = host.recv(65536)
        if not data:
            break
        write(data)
