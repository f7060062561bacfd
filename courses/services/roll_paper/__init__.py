"""The roll on paper: who has which number in a class, sheets to sign, cards to cut, numbers typed in, photos kept."""
