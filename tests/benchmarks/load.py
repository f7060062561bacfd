"""Asks one server for one address as fast as it answers: `python -m tests.benchmarks.load PORT SECONDS`.

Plain sockets: a client that costs more than the server would measure itself. The request comes as one line of JSON;
it says "ready", waits for another line, so that all askers begin together, and prints how many answers came.
"""

import json
import re
import socket
import sys
import time

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"


def ask(connection: socket.socket, request: bytes) -> bytes:
    """Send one request and return its whole answer."""
    connection.sendall(request)
    answer = connection.recv(65536)
    while END_OF_HEAD not in answer:
        answer += connection.recv(65536)
    head = answer.index(END_OF_HEAD)
    length = LENGTH.search(answer, 0, head + 4)
    wanted = head + len(END_OF_HEAD) + int(length.group(1))
    while len(answer) < wanted:
        answer += connection.recv(65536)
    return answer


def keep_asking(port: int, request: bytes, seconds: float) -> int:
    """Return how many answers came within ``seconds``, each a 200."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        assert b" 200 " in ask(connection, request)[:20]
        print("ready", flush=True)
        sys.stdin.readline()
        count, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            ask(connection, request)
            count += 1
    return count


if __name__ == "__main__":
    print(keep_asking(int(sys.argv[1]), json.loads(sys.stdin.readline()).encode(), float(sys.argv[2])))
