"""Planning classes: nothing double-booked, nothing over a limit, and whatever changes is told with its reason.

`holding` finds who and what is taken, `limits` how many may come, `runs` and `sessions` write. Everything that takes a
room or a person locks them first (`locking`), checks, and only then saves, in one transaction.
"""
