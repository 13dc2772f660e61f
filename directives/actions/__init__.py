"""Every write of a letter, directive or assignment, as a verb.

Each takes `by=` and `now=` by keyword, runs in one transaction, locks the row it moves, and writes its line of history
and its notices in the same transaction. A refusal is a `NotAllowed` whose text is a sentence for the person.
"""
