"""What `up` does, in parts: is the port free, what has to be prepared, serving."""
