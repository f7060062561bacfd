"""Chinese search: how text becomes words, and the search backend of both databases that uses them."""
