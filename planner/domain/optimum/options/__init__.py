"""The ways to settle each open debt, as the optimum weighs them: dated payments at both ends of a band."""
