"""When the money does not reach: essentials first, then what to offer to whom."""
