"""Tables that staff upload: looked through before they are read, kept out of public media while they wait."""
