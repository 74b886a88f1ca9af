"""Legal lines on the cost of credit, and how long a late record is kept."""
