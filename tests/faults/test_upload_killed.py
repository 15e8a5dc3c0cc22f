"""kill -9 of the web server while a file is uploaded: what was acknowledged is there, and it goes on from there."""

import base64
import hashlib
import http.client
import json
import random
import threading
from pathlib import Path

import pytest
from tests.faults.installation import installation
from tests.serving import free_port
from tests.waiting import until

pytestmark = pytest.mark.fault
KILLS = 2
PIECE = 128 * 1024
CONTENT = b"%PDF-1.7\n" + random.Random(20261126).randbytes(12 * 1024 * 1024) + b"\n%%EOF"


class Lost(Exception):
    """No answer came."""


class Sender:
    """A tus client that notes what it was told."""

    def __init__(self, port: int) -> None:
        self.port, self.path, self.acknowledged, self.lost = port, "", 0, 0
        self.state = ""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> dict[str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": f"fault.localhost:{self.port}", "Tus-Resumable": "1.0.0"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Lost from error
        finally:
            connection.close()
        assert answer.status < 300, (method, answer.status)
        return {name.lower(): value for name, value in answer.headers.items()}

    def begin(self) -> None:
        told = {"filename": "证明.pdf", "purpose": "faults.papers"}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
        answer = self.ask("POST", "/uploads/", Upload_Length=str(len(CONTENT)), Upload_Metadata=metadata)
        self.path = "/uploads/" + answer["location"].rsplit("/", 1)[-1]

    def send_all(self) -> None:
        """Piece after piece, from wherever the server stands after each silence."""
        offset = 0
        while offset < len(CONTENT):
            try:
                piece, kind = CONTENT[offset : offset + PIECE], "application/offset+octet-stream"
                answer = self.ask("PATCH", self.path, piece, Upload_Offset=str(offset), Content_Type=kind)
                offset = self.acknowledged = int(answer["upload-offset"])
                self.state = answer["gongkai-upload-state"]
            except Lost:
                self.lost += 1
                offset = self.ask_again()

    def ask_again(self) -> int:
        found: list[int] = []

        def asked() -> bool:
            try:
                found.append(int(self.ask("HEAD", self.path)["upload-offset"]))
            except Lost:
                return False
            return True

        until(asked, "the server saying how far the upload is")
        assert found[-1] >= self.acknowledged, "acknowledged bytes were lost"
        return found[-1]


def test_an_upload_goes_on_after_the_server_was_killed_again_and_again(tmp_path: Path) -> None:
    port = free_port()
    with installation(tmp_path) as plain:
        here = plain.seeing({"DJANGO_SETTINGS_MODULE": "tests.faults.upload_settings"})
        here.scene("desk")
        server = here.web(port, 1)
        sender = Sender(port)
        sender.begin()
        sending = threading.Thread(target=sender.send_all)
        sending.start()
        for _ in range(KILLS):
            before = sender.acknowledged
            until(lambda before=before: sender.acknowledged > before + 3 * PIECE, "bytes being taken")  # type: ignore[misc]
            here.kill(server)
            server = here.web(port, 1)
        sending.join()
        kept = json.loads(here.run("tests.faults.uploaded"))
    assert sender.lost > 0, "no request was cut off: the kills missed"
    assert sender.state == "accepted"
    assert kept == [{"sha256": hashlib.sha256(CONTENT).hexdigest(), "bytes": len(CONTENT), "state": "accepted"}]
