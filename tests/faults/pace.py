"""The waits of the fault suite, in seconds: in the order that delivery.py demands, only shorter."""

LEASE = 3
RELAY_IDLE = 4
RECONCILE = 6
