"""What to remind of on which day, so that nothing is missed and nothing is said twice."""
