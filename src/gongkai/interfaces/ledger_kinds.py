"""What the public's uploads have to say in the ledger."""

from gongkai.ledger.kinds import register

UPLOAD_INFECTED = register(
    "interfaces.upload_infected",
    "拒收带病毒的文件",
    describe=lambda data: f"{data['purpose']}：{data['threat']}",
    tone="danger",
).name
