"""Office files to PDF by LibreOffice, without its window and without what the files hide.

Cleaned by us before it sees them (.docx, .xlsx), each in a profile of its own that lies in the folder of the job and
goes with it: macros are off, links to elsewhere are not followed, the proxy leads nowhere. LibreOffice is a program of
the system, not a dependency: where it is missing, officers upload a PDF instead.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

from gongkai.texts.filetypes import sniff
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction.sheets import only_visible
from gongkai.texts.word import clean_docx

# A book of some hundred pages takes half a minute on an office server; beyond this it is not going to end.
SECONDS = 180
# The memory of a job, in bytes: a hostile file must not take the server with it.
MEMORY = 4 * 1024**3

# How old formats are opened: WPS writes the formats of Word and Excel 97 under names of its own.
_OLD = {"doc": ("doc", "docx"), "wps": ("doc", "docx"), "xls": ("xls", "xlsx"), "et": ("xls", "xlsx")}
_NOT_INSTALLED = "本系统所在的服务器没有安装 LibreOffice，无法转换 Word、Excel 文件。请另存为 PDF 后再上传。"
_FAILED = "文件无法转换。请用 Word、Excel 或 WPS 打开，另存为 PDF 后再上传。"
_PDF_OPTIONS = {"ExportNotes": False, "ExportBookmarks": False, "UseTaggedPDF": False, "IsSkipEmptyPages": False}
_NOWHERE = "127.0.0.1"
_PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
 <prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
 <prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
 <prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
 <prop oor:name="Link" oor:op="fuse"><value>1</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
 <prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
 <prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
 <prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>{_NOWHERE}</value></prop>
 <prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
 <prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>{_NOWHERE}</value></prop>
 <prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
</oor:items>
"""


def is_installed() -> bool:
    """Whether Office files can be taken at all."""
    return _program() is not None


def to_pdf(name: str, data: bytes) -> bytes:
    """The PDF of an Office file as its readers see it, for boxes to be drawn on. Raises :class:`UnreadableFile`.

    Tracked changes are accepted; comments, hidden text, hidden sheets, rows and columns are gone.
    """
    kind = sniff(name, data).key
    if kind not in ("docx", "xlsx", *_OLD):
        raise UnreadableFile("只有 Word、Excel、WPS 文字和表格可以转换。请另存为 PDF 后再上传。")
    program = _program()
    if program is None:
        raise UnreadableFile(_NOT_INSTALLED)
    if kind in _OLD:
        shown_as, kind = _OLD[kind]
        # A .wps or .et may be a modern file under that name.
        if not data.startswith(b"PK"):
            data = _converted(program, data, shown_as, kind)
    if kind == "docx":
        return _converted(program, clean_docx(data)[0], "docx", "pdf:writer_pdf_Export:" + _options())
    return _converted(program, only_visible(data), "xlsx", "pdf:calc_pdf_Export:" + _options())


def modern(name: str, data: bytes, seconds: int = SECONDS) -> tuple[str, bytes]:
    """An old Word, Excel or WPS file as a modern one, named accordingly; ended after so many seconds.

    Raises :class:`UnreadableFile`.
    """
    _, target = _OLD[sniff(name, data).key]
    return f"{name.rpartition('.')[0]}.{target}", converted(name, data, target, seconds)


def converted(name: str, data: bytes, target: str, seconds: int = SECONDS) -> bytes:
    """An Office file in another format of its family (``doc`` to ``docx``). Raises :class:`UnreadableFile`."""
    kind = sniff(name, data).key
    program = _program()
    if program is None:
        raise UnreadableFile(_NOT_INSTALLED)
    return _converted(program, data, _OLD[kind][0] if kind in _OLD else kind, target, seconds)


def _program() -> str | None:
    named = str(settings.GONGKAI_SOFFICE)
    return shutil.which(named or "soffice")


def _options() -> str:
    typed = {name: {"type": "boolean", "value": "true" if on else "false"} for name, on in _PDF_OPTIONS.items()}
    return json.dumps(typed, separators=(",", ":"))


def _converted(program: str, data: bytes, extension: str, target: str, seconds: int = SECONDS) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as named:
        folder = Path(named)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"file.{extension}"
        source.write_bytes(data)
        _run(
            [
                program,
                f"-env:UserInstallation={profile.as_uri()}",
                *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
                *("--convert-to", target, "--outdir", str(folder / "made"), str(source)),
            ],
            folder,
            seconds,
        )
        made = folder / "made" / f"file.{target.partition(':')[0]}"
        if not made.is_file() or not made.stat().st_size:
            raise UnreadableFile(_FAILED)
        return made.read_bytes()


def _run(command: list[str], folder: Path, seconds: int) -> None:
    """Run to the end or to the limit; then it and all it started are ended. Its words are no use to officers."""
    surroundings = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "http_proxy": f"http://{_NOWHERE}:9",
        "https_proxy": f"http://{_NOWHERE}:9",
    }
    limited = shutil.which("prlimit")
    bounds = [limited, f"--as={MEMORY}", f"--cpu={seconds}", "--core=0", "--"] if limited else []
    process = subprocess.Popen(
        [*bounds, *command],
        env=surroundings,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(f"文件转换超过 {seconds} 秒，已经停止。请另存为 PDF 后再上传。") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
