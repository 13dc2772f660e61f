"""What people type and send in, checked before a verb sees it."""
