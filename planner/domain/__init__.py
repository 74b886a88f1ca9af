"""The money, the dates and the procedures: pure values and functions, without clock, file or window."""
