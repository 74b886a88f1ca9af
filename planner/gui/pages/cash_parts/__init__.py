"""Parts of the place Cash: the figures of a currency, its lists, and what can be done."""
