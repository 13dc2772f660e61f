"""What people do to a report: verbs, each one transaction."""
