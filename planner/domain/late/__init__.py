"""Being late: what is charged day by day and once, by each reading of the terms, and the ways out of it."""
