"""The writers: reading one's messages, how one wants to be told, how the agency tells, sending again."""
