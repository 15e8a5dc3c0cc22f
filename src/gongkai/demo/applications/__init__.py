"""Applications 依申请公开 of the demo city: what was decided years ago, what was answered lately, what waits now.

``years`` plans the former ledger, by the numbers that the annual reports tell; ``lately`` and ``waiting`` tell single
cases relative to the day of building. ``stage`` lets all of them happen in the order of time: a story is a generator
that yields when its next act happens. Everything goes through the real actions and procedures.
"""
