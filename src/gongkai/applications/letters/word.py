def docx(x): return b""
