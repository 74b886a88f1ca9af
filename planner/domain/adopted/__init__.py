"""The plan that was adopted: what is planned, what really happens, and what has to be asked for."""
