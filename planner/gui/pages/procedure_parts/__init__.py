"""Parts of the place Procedures: a case, its steps, what each kind of step shows, and the forms."""
