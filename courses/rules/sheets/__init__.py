"""Reading tables as people make them: what stands in a cell, where the table begins, what a date is written like.

Pure. Each reader gives back a value, or an `Unclear` that says what is wrong and how to mend it; none ever raises.
Source: the list of usual faults in the domain facts (典型毛病), which a test for each of them repeats.
"""
