"""What is asked of the figures over HTTP."""
