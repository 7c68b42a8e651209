"""HTTP/2 with the mutual server, spoken by the h2 library's other half."""

import json
import ssl
from dataclasses import dataclass, field

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, DataReceived, ResponseReceived, StreamEnded

from tests.lab.conftest import Connect
from workbench.lab import Lab


@dataclass
class Answer:
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Client:
    """As much of an HTTP/2 client as these tests need. ``finished`` lists streams in the order they ended."""

    def __init__(self, connection: ssl.SSLSocket) -> None:
        self.connection = connection
        self.protocol = H2Connection(H2Configuration(client_side=True, header_encoding="utf-8"))
        self.protocol.initiate_connection()
        self.answers: dict[int, Answer] = {}
        self.finished: list[int] = []
        self.terminated = False

    def request(self, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> int:
        number = self.protocol.get_next_available_stream_id()
        pseudo = [(":method", method), (":scheme", "https"), (":authority", "localhost"), (":path", path)]
        self.protocol.send_headers(number, [*pseudo, *headers.items()], end_stream=not body)
        self.answers[number] = Answer()
        while body:
            size = min(len(body), self.protocol.local_flow_control_window(number), 16384)
            if size:
                self.protocol.send_data(number, body[:size], end_stream=size == len(body))
                body = body[size:]
                self.flush()
            else:
                self.receive()
        self.flush()
        return number

    def answer(self, number: int) -> Answer:
        while number not in self.finished:
            self.receive()
        return self.answers[number]

    def flush(self) -> None:
        self.connection.sendall(self.protocol.data_to_send())

    def receive(self) -> None:
        data = self.connection.recv(65536)
        assert data, "the server closed the connection"
        for event in self.protocol.receive_data(data):
            match event:
                case ResponseReceived(stream_id=int(number)):
                    self.answers[number].headers = {str(name): str(value) for name, value in event.headers or ()}
                case DataReceived(stream_id=int(number)):
                    self.answers[number].body += event.data or b""
                    self.protocol.acknowledge_received_data(event.flow_controlled_length or 0, number)
                case StreamEnded(stream_id=int(number)):
                    self.finished.append(number)
                case ConnectionTerminated():
                    self.terminated = True
        self.flush()


@pytest.fixture
def client(lab: Lab, connect: Connect) -> Client:
    connection = connect(lab.urls["mutual"], "alice", alpn="h2")
    assert connection.selected_alpn_protocol() == "h2"
    return Client(connection)


def test_echo(lab: Lab, client: Client) -> None:
    answer = client.answer(client.request("/order/update?a=1", method="POST", body=b"hello", x="y"))
    document = json.loads(answer.body)
    assert answer.headers[":status"] == "200"
    assert document["method"] == "POST"
    assert (document["path"], document["query"]) == ("/order/update", "a=1")
    assert document["http_version"] == "HTTP/2"
    assert document["headers"] == [["host", "localhost"], ["x", "y"]]
    assert document["body"] == "hello"
    assert document["client"]["sha256"] == lab.identities["alice"].certificate.sha256
    assert document["tls"]["alpn"] == "h2"


def test_large_bodies_both_ways(client: Client) -> None:
    up = client.request("/upload", method="PUT", body=bytes(1_000_000))
    down = client.request("/bytes/1000000")
    assert len(client.answer(down).body) == 1_000_000
    assert json.loads(client.answer(up).body)["body_size"] == 1_000_000


def test_a_delayed_stream_does_not_hold_up_the_others(client: Client) -> None:
    slow = client.request("/delay/0.3")
    quick = client.request("/status/204")
    client.answer(slow)
    assert client.finished == [quick, slow]
    assert client.answers[quick].headers[":status"] == "204"


def test_a_stream_that_is_reset_does_not_end_the_connection(client: Client) -> None:
    large = client.request("/bytes/100000000")
    while not client.answers[large].body:
        client.receive()
    client.protocol.reset_stream(large)
    client.flush()
    assert client.answer(client.request("/html")).headers["content-type"].startswith("text/html")


def test_a_client_that_says_goodbye_waits_for_nothing(client: Client) -> None:
    client.request("/delay/30")
    client.protocol.close_connection()
    client.flush()
    while client.connection.recv(65536):
        pass


def test_head(client: Client) -> None:
    answer = client.answer(client.request("/bytes/500", method="HEAD"))
    assert answer.headers["content-length"] == "500"
    assert answer.body == b""


def test_a_client_that_breaks_the_protocol_is_told_so(client: Client) -> None:
    client.flush()
    client.connection.sendall(b"\x00\x00\x04\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")  # WINDOW_UPDATE by nothing
    while not client.terminated:
        client.receive()


def test_a_preface_that_is_none_ends_the_connection(lab: Lab, connect: Connect) -> None:
    connection = connect(lab.urls["mutual"], "alice", alpn="h2")
    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    while connection.recv(65536):
        pass
