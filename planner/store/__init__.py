"""Everything kept on disk, and the only place that speaks SQL."""
