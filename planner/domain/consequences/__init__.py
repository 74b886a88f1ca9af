"""What being late may lead to: short cards, and what usually happens on which day, as published."""
