"""The tests themselves are sealed: they reach no other machine."""

from __future__ import annotations

import socket
import urllib.request

import pytest


def test_an_outside_address_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(AssertionError, match="may not reach"):
        outside.connect(("192.0.2.1", 80))
    with socket.socket(socket.AF_INET6) as outside, pytest.raises(AssertionError, match="may not reach"):
        outside.connect_ex(("2001:db8::1", 80))


def test_an_outside_name_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match="may not look up"):
        urllib.request.urlopen("http://kumppani.example/")


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_connection(here.getsockname()) as there:
        assert there.getpeername() == here.getsockname()
